"""Customers, staff, keys, and the shop itself."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class CustomerRow(Row, discriminator="customer"):
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    locale = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    contacts = JSONAttribute(null=True)
    time_zone = UnicodeAttribute(null=True)
    preferred_channel = UnicodeAttribute(null=True)
    organization_id = UnicodeAttribute(null=True)
    tags = JSONAttribute(null=True)
    custom_fields = JSONAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)
    merged_ids = JSONAttribute(null=True)
    quiet_hours = JSONAttribute(null=True)
    sees_tickets_of = UnicodeAttribute(null=True)
    signed_out_at = TimeAttribute(null=True)
    erased_at = TimeAttribute(null=True)


class AgentRow(Row, discriminator="agent"):
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    names = JSONAttribute(null=True)
    email = UnicodeAttribute()
    role = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute(null=True)
    team_ids = JSONAttribute(null=True)
    locale = UnicodeAttribute()
    notifications = UnicodeAttribute(null=True)
    active = BooleanAttribute()
    keys_made = NumberAttribute(null=True)


class TeamRow(Row, discriminator="team"):
    id = UnicodeAttribute()
    names = JSONAttribute()
    email = UnicodeAttribute(null=True)
    signatures = JSONAttribute(null=True)
    created_at = TimeAttribute()
    updated_at = TimeAttribute(null=True)
    active = BooleanAttribute(null=True)


class ApiKeyRow(Row, discriminator="api-key"):
    """`ends_at` is when the key stops to work. It is not `expires_at`: at that time DynamoDB deletes a row."""

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    prefix = UnicodeAttribute()
    scopes = JSONAttribute()
    agent_id = UnicodeAttribute()
    created_at = TimeAttribute()
    ends_at = TimeAttribute(null=True)
    revoked_at = TimeAttribute(null=True)
    limit = NumberAttribute(null=True)
    window = NumberAttribute(null=True)
    used = NumberAttribute(null=True)
    last_used_at = TimeAttribute(null=True)


class ApiKeyEntryRow(Row, discriminator="api-key-entry"):
    """A key in the list of keys: where its own row is, which every request of the key writes to."""

    id = UnicodeAttribute()
    agent_id = UnicodeAttribute()
    token_hash = UnicodeAttribute()


class SignInRow(Row, discriminator="sign-in"):
    role = UnicodeAttribute()
    person_id = UnicodeAttribute(null=True)
    address = UnicodeAttribute()
    browser = UnicodeAttribute(null=True)
    locale = UnicodeAttribute()
    created_at = TimeAttribute()
    tries = NumberAttribute(null=True)
    sent = BooleanAttribute(null=True)
    sending_until = TimeAttribute(null=True)


class ShopRow(Row, discriminator="shop"):
    settings = JSONAttribute()
