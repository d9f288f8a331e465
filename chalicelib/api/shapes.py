"""Nouns as the API shows them."""

from typing import TYPE_CHECKING

from msgspec import UNSET, convert

from chalicelib import settings
from chalicelib.api import phone_calls
from chalicelib.api.schemas import articles as of_articles
from chalicelib.api.schemas import customers as of_customers
from chalicelib.api.schemas import events as of_events
from chalicelib.api.schemas import staff as of_staff
from chalicelib.api.schemas import tickets as of_tickets
from chalicelib.domain import delivery_reason
from chalicelib.domain.agent import Agent, Team
from chalicelib.domain.article import Article, Category
from chalicelib.domain.article_draft import is_outdated
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.event import Event, told
from chalicelib.domain.message import Attachment, Message
from chalicelib.domain.ticket import Ticket
from chalicelib.store import files

if TYPE_CHECKING:
    from chalicelib.search.documents import Hit

# A sender at work is one that waits, for whoever looks from outside.
_SHOWN_STATES = {"sending": "queued"}


def ticket(noun: Ticket) -> of_tickets.Ticket:
    return of_tickets.Ticket(
        id=noun.id,
        number=noun.number,
        subject=noun.subject,
        status=noun.status,  # type: ignore[arg-type]
        priority=noun.priority,  # type: ignore[arg-type]
        channel=noun.channel,  # type: ignore[arg-type]
        team_id=noun.team_id,
        assignee_id=noun.assignee_id,
        customer_id=noun.customer_id,
        cc=list(noun.cc),
        tags=list(noun.tags),
        custom_fields=dict(noun.custom_fields),
        locale=noun.locale,  # type: ignore[arg-type]
        created_at=noun.created_at,
        updated_at=noun.updated_at,
        waiting_since=noun.waiting_since,
        solved_at=noun.solved_at,
        sla=of_tickets.Sla(),
        message_count=noun.message_count,
        version=noun.version,
        external_id=noun.external_id,
        linked_ticket_id=noun.linked_ticket_id,
        merged_into=noun.merged_into,
        split_from=noun.split_from,
    )


def message(noun: Message, sent: Delivery | None) -> of_tickets.Message:
    """A message, whole (see `store.messages.whole`), with the delivery of its sending, if it has one."""
    return of_tickets.Message(
        id=noun.id,
        ticket_id=noun.ticket_id,
        author=of_tickets.WrittenBy(noun.author.type, noun.author.id, noun.author.name),  # type: ignore[arg-type]
        sender=_sender(noun) if noun.from_customer else None,
        visibility=noun.visibility,  # type: ignore[arg-type]
        channel=noun.channel,  # type: ignore[arg-type]
        text=noun.text,
        html=noun.html,
        quoted_text=noun.quoted_text,
        cc=list(noun.cc),
        attachments=[attachment(one) for one in noun.attachments],
        delivery=_delivery(noun, sent),
        call=phone_calls.shown(noun.call),
        created_at=noun.created_at,
    )


def attachment(noun: Attachment) -> of_tickets.Attachment:
    url = files.link(noun.key, noun.name, noun.content_type)
    return of_tickets.Attachment(noun.id, noun.name, noun.content_type, noun.size, url)


def _contact(noun: Contact) -> of_customers.Contact:
    return of_customers.Contact(
        type=noun.type,  # type: ignore[arg-type]
        value=noun.value,
        verified=noun.verified,
        opted_out=noun.opted_out,
        opted_out_of=list(noun.opted_out_of),  # type: ignore[arg-type]
        suppressed=noun.suppressed,
    )


def customer(noun: Customer) -> of_customers.Customer:
    quiet = noun.quiet_hours
    return of_customers.Customer(
        id=noun.id,
        name=noun.name,
        locale=noun.locale or None,  # type: ignore[arg-type]
        time_zone=noun.time_zone,
        contacts=[_contact(one) for one in noun.all_contacts],
        preferred_channel=noun.preferred_channel,
        quiet_hours=of_customers.CustomerQuietHours(from_=quiet.begins, to=quiet.ends) if quiet else None,
        organization_id=noun.organization_id,
        sees_organization=noun.sees_organization,
        tags=list(noun.tags),
        custom_fields=dict(noun.custom_fields),
        created_at=noun.created_at,
        updated_at=noun.updated_at,
        merged_into=noun.merged_into,
        version=noun.version,
    )


def article(noun: Article) -> of_articles.Article:
    texts = {
        locale: of_articles.ArticleText(
            title=text.title,
            body=text.body,
            slug=text.slug,
            url=_page(locale, "articles", text.slug),
            updated_at=text.updated_at or noun.updated_at,
            outdated=text.outdated,
        )
        for locale, text in noun.translations.items()
    }
    return of_articles.Article(
        id=noun.id,
        category_id=noun.category_id,
        visibility=noun.visibility,  # type: ignore[arg-type]
        state=noun.state,  # type: ignore[arg-type]
        translations=of_articles.ArticleTexts(**texts),
        drafts=of_articles.ArticleDrafts(**{locale: _draft(noun, locale) for locale in noun.drafts}),
        position=noun.position,
        author_id=noun.author_id,
        updated_by=noun.updated_by,
        publish_at=noun.publish_at,
        created_at=noun.created_at,
        updated_at=noun.updated_at,
        version=noun.version,
    )


def category(noun: Category) -> of_articles.Category:
    texts = {
        locale: of_articles.CategoryText(
            name=text.name, description=text.description, slug=text.slug, url=_page(locale, "categories", text.slug)
        )
        for locale, text in noun.translations.items()
    }
    return of_articles.Category(
        id=noun.id,
        translations=of_articles.CategoryTexts(**texts),
        position=noun.position,
        created_at=noun.created_at,
        updated_at=noun.updated_at,
        version=noun.version,
    )


def hit(noun: "Hit") -> of_articles.Hit:
    return of_articles.Hit(
        article_id=noun.article_id,
        locale=noun.locale,  # type: ignore[arg-type]
        title=noun.title,
        url=_page(noun.locale, "articles", noun.slug),
        snippet=noun.snippet,
        score=noun.score,
    )


def event(noun: Event) -> of_events.Event:
    """An event of the feed, which therefore has its number."""
    return convert(told(noun), of_events.Event)


def agent(noun: Agent) -> of_staff.Agent:
    return of_staff.Agent(
        id=noun.id,
        name=noun.name,
        names=dict(noun.names),
        email=noun.email,
        role=noun.role,  # type: ignore[arg-type]
        team_ids=list(noun.team_ids),
        locale=noun.locale,
        notifications=noun.notifications,  # type: ignore[arg-type]
        active=noun.active,
        created_at=noun.created_at,
        updated_at=noun.updated_at or noun.created_at,
        version=noun.version,
    )


def team(noun: Team, locale: str) -> of_staff.Team:
    return of_staff.Team(
        id=noun.id,
        name=noun.name_in(locale),
        names=dict(noun.names),
        email=noun.email,
        signatures=dict(noun.signatures),
        active=noun.active,
        created_at=noun.created_at,
        updated_at=noun.updated_at or noun.created_at,
        version=noun.version,
    )


def _draft(noun: Article, locale: str) -> of_articles.ArticleDraft:
    draft = noun.drafts[locale]
    return of_articles.ArticleDraft(
        title=draft.title,
        body=draft.body,
        slug=draft.slug,
        minor=draft.minor,
        updated_at=draft.updated_at,
        updated_by=draft.updated_by,
        outdated=is_outdated(noun, locale),
    )


def _page(locale: str, area: str, slug: str) -> str:
    return f"{settings.public_url()}/{locale}/{area}/{slug}"


def _sender(noun: Message) -> of_tickets.Sender:
    return of_tickets.Sender(
        contact=noun.contact,
        verified=not noun.unverified_sender,
        known=not noun.unknown_sender,
        automatic=noun.automatic,
        doors=list(noun.doors) or UNSET,
        matched_by=noun.matched_by or UNSET,
    )


def _delivery(noun: Message, sent: Delivery | None) -> of_tickets.Delivery | None:
    if noun.from_customer:
        return of_tickets.Delivery("received")
    if sent is None:
        return None
    return of_tickets.Delivery(
        state=_SHOWN_STATES.get(sent.state, sent.state),  # type: ignore[arg-type]
        detail=_detail(sent),
        reason=sent.reason or UNSET,
        failed_copies=[of_tickets.FailedCopy(email, reason) for email, reason in sent.copies.items()] or UNSET,
    )


def _detail(sent: Delivery) -> str | None:
    """Why in words, then what the other side said."""
    words = delivery_reason.words(sent.reason, "en")
    if words is None:
        return sent.detail
    told = f"Still trying: {words}" if sent.state == "sent" else words
    return f"{told} ({sent.detail})" if sent.detail else told
