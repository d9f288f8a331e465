"""Tickets, their messages and what was sent."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class TicketRow(Row, discriminator="ticket"):
    """A ticket, in a partition with its messages.

    `labels` is what people put on the ticket: tags, who is in copy, the shop's own id for it, the tickets it continues,
    was merged into or split from, and how many custom fields it has. `parts` says where the rest of its thread lies.
    """

    id = UnicodeAttribute()
    number = NumberAttribute()
    subject = UnicodeAttribute()
    status = UnicodeAttribute()
    priority = UnicodeAttribute()
    channel = UnicodeAttribute()
    customer_id = UnicodeAttribute()
    customer_name = UnicodeAttribute()
    locale = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    team_id = UnicodeAttribute(null=True)
    assignee_id = UnicodeAttribute(null=True)
    labels = JSONAttribute(null=True)
    custom_fields = JSONAttribute(null=True)
    parts = JSONAttribute(null=True)
    waiting_since = TimeAttribute(null=True)
    solved_at = TimeAttribute(null=True)
    closed_at = TimeAttribute(null=True)
    erased_at = TimeAttribute(null=True)
    message_count = NumberAttribute()
    preview = UnicodeAttribute(null=True)
    full_subject = UnicodeAttribute(null=True)
    last_public_id = UnicodeAttribute(null=True)
    reply_channel = UnicodeAttribute(null=True)
    reply_contact = UnicodeAttribute(null=True)


class MessageRow(Row, discriminator="message"):
    id = UnicodeAttribute()
    ticket_id = UnicodeAttribute()
    author = JSONAttribute()
    visibility = UnicodeAttribute()
    channel = UnicodeAttribute()
    created_at = TimeAttribute()
    text = UnicodeAttribute(null=True)
    html = UnicodeAttribute(null=True)
    quoted_text = UnicodeAttribute(null=True)
    body_key = UnicodeAttribute(null=True)
    attachments = JSONAttribute(null=True)
    contact = UnicodeAttribute(null=True)
    cc = JSONAttribute(null=True)
    doors = JSONAttribute(null=True)
    email_id = UnicodeAttribute(null=True)
    matched_by = UnicodeAttribute(null=True)
    automatic = BooleanAttribute(null=True)
    unknown_sender = BooleanAttribute(null=True)
    unverified_sender = BooleanAttribute(null=True)
    raw_key = UnicodeAttribute(null=True)
    problems = JSONAttribute(null=True)
    refused = UnicodeAttribute(null=True)
    caution = UnicodeAttribute(null=True)
    call = JSONAttribute(null=True)


class DeliveryRow(Row, discriminator="delivery"):
    ticket_id = UnicodeAttribute()
    message_id = UnicodeAttribute()
    purpose = UnicodeAttribute()
    channel = UnicodeAttribute()
    to = UnicodeAttribute()
    state = UnicodeAttribute()
    updated_at = TimeAttribute()
    detail = UnicodeAttribute(null=True)
    provider_id = UnicodeAttribute(null=True)
    attempts = NumberAttribute()
    lease_until = TimeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    copies = JSONAttribute(null=True)
    retried_at = TimeAttribute(null=True)
    former_ids = JSONAttribute(null=True)
    past = JSONAttribute(null=True)
    alone = BooleanAttribute(null=True)
    held_until = TimeAttribute(null=True)


class IntakeRow(Row, discriminator="intake"):
    """What became of one mail or SMS: written in the transaction that took it in, so it is taken in once.

    `held` is on a suspended mail until it is released or deleted: all that the list shows and a release needs; `binned`
    is the same of one that an agent deleted, for as long as it can be taken back. None is deleted before
    `releasing_until`.
    """

    outcome = UnicodeAttribute()
    ticket_id = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    raw_key = UnicodeAttribute(null=True)
    created_at = TimeAttribute()
    released_at = TimeAttribute(null=True)
    also = JSONAttribute(null=True)
    held = JSONAttribute(null=True)
    binned = JSONAttribute(null=True)
    releasing_until = TimeAttribute(null=True)


class UploadRow(Row, discriminator="upload"):
    attachment = JSONAttribute()
    owner_id = UnicodeAttribute()
