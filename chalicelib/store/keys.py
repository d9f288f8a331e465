"""Every key of the one table, as functions, each under the question it answers. The one place that spells a key.

Sort keys between `MESSAGE#` and `TICKET` are kept for a ticket's thread: read downwards from the end, one query
brings the ticket and then its newest messages.
"""

import hashlib
import zlib
from datetime import UTC, datetime

Key = tuple[str, str]

# Every list of tickets may be spread over more shards later: the number may only grow.
SHARDS = 1
# Timers and undispatched events: an ascending key does not split by heat, so they are spread from the first day.
DUE_SHARDS = 10
FEED_BLOCK = 1000
LEG = "LEG#"


def time(moment: datetime) -> str:
    """A time as it stands in keys and rows: of fixed width, so that text order is time order."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(written: str) -> datetime:
    """The time that `time` wrote so."""
    return datetime.strptime(written, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def month(moment: datetime) -> str:
    return moment.strftime("%Y-%m")


# What is this ticket, and what was said in it? One query, newest first.
def ticket(ticket_id: str) -> Key:
    return f"TICKET#{ticket_id}", "TICKET"


def message(ticket_id: str, message_id: str) -> Key:
    return f"TICKET#{ticket_id}", f"MESSAGE#{message_id}"


def delivery(ticket_id: str, message_id: str, purpose: str) -> Key:
    suffix = "DELIVERY" if purpose == "reply" else purpose.upper()
    return f"TICKET#{ticket_id}", f"MESSAGE#{message_id}#{suffix}"


# What happened to this ticket, customer or article? And: which events are not dispatched yet?
def event(subject: str, event_id: str) -> Key:
    kinds = {"tkt": "TICKET", "cus": "CUSTOMER", "art": "ARTICLE"}
    return f"{kinds.get(subject[:3], 'EVENTS')}#{subject}", f"EVENT#{event_id}"


# What did its customer say of it, once it was solved? (It sorts before the thread, not within it.)
def rating(ticket_id: str) -> Key:
    return f"TICKET#{ticket_id}", "ASKED#RATING"


# Which ticket has this number?
def number(value: int) -> Key:
    return f"NUMBER#{value}", "-"


# Who is this customer? Whose is this address?
def customer(customer_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", "PROFILE"


def contact(type: str, value: str) -> Key:
    return f"CONTACT#{type}:{value}", "-"


# What happened with this customer outside the desk? Newest last; and: was that told before?
def customer_event(customer_id: str, occurred_at: datetime, event_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"HAPPENED#{time(occurred_at)}#{event_id}"


def customer_event_name(customer_id: str, external_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"NAMED#{_hash(external_id)}"


# What did this customer allow us, and when? Newest last.
def consent(customer_id: str, at: datetime, consent_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"CONSENT#{time(at)}#{consent_id}"


# Which code was he sent last, to show that a contact is his?
def contact_code(customer_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", "CODE#-"


# What did this customer ask for with his data: `EXPORT`, or `ERASURE`?
def data_wish(customer_id: str, what: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"WISH#{what}"


# How far has this customer read in that ticket?
def read_mark(customer_id: str, ticket_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"READ#{ticket_id}"


# What did agents write down about this customer? Newest last.
def customer_note(customer_id: str, note_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"NOTE#{note_id}"


# Who has this in common with whom? Hashed: such a key must not tell a name. Of events' ids the hash is that of `NAMED`.
def double(kind: str, value: str) -> str:
    return f"DOUBLE#{kind}:{_hash(value)}"


def double_of_event(named_sk: str) -> str:
    return f"DOUBLE#order:{named_sk.removeprefix('NAMED#')}"


# In which of those partitions is this customer, and who was looked at and is somebody else? One query for both.
def double_keys(customer_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", "DOUBLE#KEYS"


def not_same(customer_id: str, other_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"DOUBLE#NOT#{other_id}"


# What is this organization, and who belongs to it?
def organization(organization_id: str) -> Key:
    return f"ORGANIZATION#{organization_id}", "PROFILE"


def member(organization_id: str, customer_id: str) -> Key:
    return f"ORGANIZATION#{organization_id}", f"MEMBER#{customer_id}"


# Which organization has this id in the shop's own system? Which has this mail domain?
def organization_external(external_id: str) -> Key:
    return f"ORGANIZATIONID#{external_id}", "-"


def organization_domain(domain: str) -> Key:
    return f"DOMAIN#{domain}", "-"


# Who works here? One query brings every team and agent.
def agent(agent_id: str) -> Key:
    return "STAFF", f"AGENT#{agent_id}"


def team(team_id: str) -> Key:
    return "STAFF", f"TEAM#{team_id}"


# Whose address is this, among agents and teams?
def agent_email(email: str) -> Key:
    return f"AGENTEMAIL#{email}", "-"


# Whose mail opens no ticket? The list of them, and: is this address or domain one?
def blocked_sender(blocked_id: str) -> Key:
    return "BLOCKED", blocked_id


def blocked_value(value: str) -> Key:
    return f"BLOCKEDVALUE#{value}", "-"


# Which words do agents use again and again?
def macro(macro_id: str) -> Key:
    return "MACROS", macro_id


# What is still to be answered to this text?
def word_answer(text_key: Key) -> Key:
    return f"WORDANSWER#{text_key[0]}", "-"


# Did mail to this address come back for good, or its owner complain?
def marked_address(email: str) -> Key:
    return f"MARKED#{_hash(email)}", "-"


# Does the owner of this number want nothing on this channel? Hashed: it outlives a customer's erasure.
def marked_number(channel: str, e164: str) -> Key:
    return f"MARKED#{_hash(f'{channel}:{e164}')}", "-"


# What may custom fields hold? One query brings all definitions.
def field_definition(applies_to: str, key: str) -> Key:
    return "FIELDS", f"{applies_to}#{key}"


# May this key do that? By the hash of the key: the key itself is stored nowhere.
def api_key(token_hash: str) -> Key:
    return f"APIKEY#{token_hash}", "-"


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# Which keys are there?
def api_key_entry(key_id: str) -> Key:
    return "APIKEYS", key_id


# Has this mail, this SMS been taken in already, and what became of it?
def mail(ses_message_id: str) -> Key:
    return f"MAIL#{ses_message_id}", "-"


def sms(message_id: str) -> Key:
    return f"SMSID#{message_id}", "-"


# Was this call, by the id it has in Amazon Connect, written down? And what is known of its legs?
def call(contact_id: str) -> Key:
    return f"CALLID#{contact_id}", "-"


def call_leg(chain: str, contact_id: str) -> Key:
    return f"CALLID#{chain}", f"{LEG}{contact_id}"


# Has this message of WhatsApp been taken in? Hashed: Meta writes the sender's number into its ids.
def whatsapp(wamid: str) -> Key:
    return f"WAMID#{_hash(wamid)}", "-"


# When did this number last write on WhatsApp?
def whatsapp_session(e164: str) -> Key:
    return f"WHATSAPP#{e164}", "-"


# Was this raw mail counted? How many were, and of how many is it known what became of them?
def raw_mail(mail_id: str) -> Key:
    return f"RAW#{mail_id}", "-"


def raw_mail_counts() -> Key:
    return "RAWMAIL", "COUNTS"


# Which raw mails tell of this ticket, beside those that its messages came as?
def further_mail(ticket_id: str, mail_id: str) -> Key:
    return f"TICKET#{ticket_id}", f"FURTHERMAIL#{mail_id}"


# Has a mail of this very content come in before, under whatever id the mail service gave it?
def content(fingerprint: str) -> Key:
    return f"CONTENT#{fingerprint}", "-"


# Which message has this Message-ID (RFC 5322)? Hashed: they may be longer than a key.
def email_id(message_id: str) -> Key:
    return f"EMAILID#{hashlib.sha256(message_id.encode()).hexdigest()[:32]}", "-"


# Which message has the mail that this person sent under this Message-ID? Without a person: the first who sent one.
def received_id(message_id: str, address: str = "") -> Key:
    return f"RECEIVEDID#{_hash(f'{address} {message_id}')}", "-"


# Under which name is a mail known that we sent? SES writes an id of its own over ours; others put any domain behind it.
def provider_name(message_id: str) -> str:
    return f"provider:{message_id.partition('@')[0]}"


# In which ticket did this person name this Message-ID? Hashed together: neither can be read off it.
def named_id(message_id: str, address: str) -> Key:
    return f"NAMEDID#{_hash(f'{address} {message_id}')}", "-"


# Which ticket texted this number last?
def phone_thread(e164: str) -> Key:
    return f"PHONE#{e164}", "-"


# Was this sender answered automatically today?
def automatic_answer(contact_value: str) -> Key:
    return f"AUTOMATIC#{_hash(contact_value)}", "-"


# How fast does this sender write? Hashed: such rows outlive a customer's erasure.
def sender_pace(sender: str) -> Key:
    return f"PACE#{_hash(sender)}", "-"


# Which message did this number leave off in, if it has more to say? Hashed, as well.
def sms_part(e164: str) -> Key:
    return f"SMSPART#{_hash(e164)}", "-"


# How often was this done for this address within this span of time? Hashed: such rows outlive a customer's erasure.
def allowance(name: str, span: int, address: str) -> Key:
    return f"ALLOWANCE#{name}#{span}#{_hash(address)}", "-"


# What did the SMS of this day (`2026-11-22`, UTC) cost?
def sms_spending(day: str) -> Key:
    return f"SMSSPENDING#{day}", "-"


# What did this request answer when it came the first time?
def idempotency(scope: str) -> Key:
    return f"IDEMPOTENCY#{scope}", "-"


# Which file was announced under this id?
def upload(attachment_id: str) -> Key:
    return f"UPLOAD#{attachment_id}", "-"


# Is this sign-in link unspent?
def sign_in(sign_in_id: str) -> Key:
    return f"SIGNIN#{sign_in_id}", "-"


# What does this article say, in each language? One query.
def article(article_id: str) -> Key:
    return f"ARTICLE#{article_id}", "ARTICLE"


def translation(article_id: str, locale: str) -> Key:
    return f"ARTICLE#{article_id}", f"CURRENT#{locale}"


# What did it say before, and who changed it when? And the words of a version, a language each.
def article_version(article_id: str, number: int) -> Key:
    return f"ARTICLE#{article_id}", f"VERSION#{number:09d}"


def article_wording(article_id: str, number: int, locale: str) -> Key:
    return f"ARTICLE#{article_id}", f"TEXT#{number:09d}#{locale}"


# Which article has this address?
def slug(locale: str, value: str) -> Key:
    return f"SLUG#{locale}#{value}", "-"


# Which categories are there? Which articles has one?
def category(category_id: str) -> Key:
    return "CATEGORIES", category_id


def listing(category_id: str, article_id: str) -> Key:
    return f"CATEGORY#{category_id}", f"ARTICLE#{article_id}"


# Which articles has the desk, whatever their state? Those of a category; and those of a state, as last changed.
def article_card(category_id: str, article_id: str) -> Key:
    return f"CATEGORY#{category_id}", f"CARD#{article_id}"


def article_shelf(shelf: str, updated_at: datetime, article_id: str) -> Key:
    return article_shelf_part(shelf), f"{time(updated_at)}#{article_id}"


def article_shelf_part(shelf: str) -> str:
    return f"ARTICLES#{shelf}"


# Did this visitor (a hash) say whether this article helped him? What was said, by article and language; and, newest
# first on index `customer`, to whom it did not.
def vote(article_id: str, locale: str, visitor: str) -> Key:
    return f"VOTES#{article_id}", f"{locale}#{visitor}"


def visitor(cookie: str) -> str:
    return _hash(cookie)


def vote_count(article_id: str, locale: str) -> Key:
    return "VOTECOUNTS", f"{article_id}#{locale}"


def complaint(article_id: str, at: datetime | None = None, visitor: str = "") -> Key:
    return f"VOTES#{article_id}", f"{time(at)}#{visitor}" if at else ""


# What became of the visits to the ticket form on this day (`2026-11-22`, UTC)?
def deflections(day: str) -> Key:
    return "DEFLECTIONS", day


# How far is this job, and what does it report?
def job(job_id: str) -> Key:
    return f"JOB#{job_id}", "JOB"


# Which job erases this customer?
def erasure(customer_id: str) -> Key:
    return customer(customer_id)[0], "ERASURE"


def job_result(job_id: str, number: int) -> Key:
    return f"JOB#{job_id}", f"RESULT#{number:09d}"


# What has this thing of another desk become here?
def imported(source: str) -> Key:
    return f"IMPORTED#{source}", "-"


# Who outside is told of events? One query.
def webhook(webhook_id: str) -> Key:
    return "WEBHOOKS", webhook_id


# What was told to this webhook, and what became of it? Newest first.
def webhook_delivery(webhook_id: str, delivery_id: str) -> Key:
    return f"WEBHOOK#{webhook_id}", f"DELIVERY#{delivery_id}"


# Index `due`, beside its shards: what waits until this webhook is well again, oldest event first.
def parked(webhook_id: str, delivery_id: str) -> Key:
    return f"PARKED#{webhook_id}", delivery_id


# Which tickets changed since the ticket index was published last, and when must it be published again?
def unindexed(ticket_id: str) -> Key:
    return "UNINDEXED", f"TICKET#{ticket_id}"


def ticket_index() -> Key:
    # Behind all tickets: read from the end, the partition begins with it.
    return "UNINDEXED", "~INDEX"


# What stands for what, when customers search?
def synonyms(set_id: str) -> Key:
    return "SYNONYMS", set_id


# What may the published article index not show as it is? `name` is ARTICLE#<id>, or SYNONYMS.
def unindexed_article(name: str) -> Key:
    return "UNINDEXEDARTICLES", name


# What was searched for on that day (`2026-11-22`, UTC) in that language?
def searches(locale: str, day: str, query: str) -> Key:
    return f"SEARCHES#{locale}#{day}", query


# What are the shop's names and rules?
def shop() -> Key:
    return "SHOP", "SETTINGS"


# How many are there? Counter rows, kept by the dispatcher.
def counter(name: str) -> Key:
    return "COUNTERS", name


# Until when were the admins told of suspended mail?
def last_summary() -> Key:
    return "MAIL-SUMMARY", "-"


# What changed since sequence n?
def feed_head() -> Key:
    return "FEED", "HEAD"


def feed(sequence: int) -> Key:
    return f"FEED#{sequence // FEED_BLOCK}", f"{sequence:015d}"


# Index `inbox`: the tickets of one team that wait for us / for others / for nobody, by last activity.
def inbox(team_id: str | None, group: str, updated_at: datetime, ticket_id: str) -> Key:
    part = f"done#{month(updated_at)}" if group == "done" else group
    return inbox_part(team_id, part, _shard(ticket_id, SHARDS)), f"{time(updated_at)}#{ticket_id}"


def inbox_part(team_id: str | None, part: str, shard: int) -> str:
    return f"INBOX#{team_id or 'none'}#{part}#{shard}"


# Index `assignee`: the same for one agent, or for nobody.
def assignee(agent_id: str | None, group: str, updated_at: datetime, ticket_id: str) -> Key:
    part = f"done#{month(updated_at)}" if group == "done" else group
    return assignee_part(agent_id, part, _shard(ticket_id, SHARDS)), f"{time(updated_at)}#{ticket_id}"


def assignee_part(agent_id: str | None, part: str, shard: int) -> str:
    return f"ASSIGNEE#{agent_id or 'none'}#{part}#{shard}"


# Index `customer`: all tickets of a customer, by birth.
def customer_tickets(customer_id: str, created_at: datetime, ticket_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"{time(created_at)}#{ticket_id}"


# Index `customer`, too: every message of a customer, whatever its ticket and channel, oldest first.
def customer_messages(customer_id: str, message_id: str) -> Key:
    return f"CUSTOMER#{customer_id}#MESSAGES", message_id


# Which message did he write into somebody else's ticket? On the same list.
def wrote_elsewhere(customer_id: str, message_id: str, ticket_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"WROTE#{message_id}#{ticket_id}"


# Index `customer`, too: the sign-ins that were asked for with an address or a number.
def sign_ins_of(address: str, sign_in_id: str) -> Key:
    return f"SIGNINS#{_hash(address)}", sign_in_id


# Index `created`: everything of one kind born in a month, by birth.
def created(kind: str, created_at: datetime, id: str) -> Key:
    return created_part(kind, month(created_at), _shard(id, SHARDS)), f"{time(created_at)}#{id}"


def created_part(kind: str, month: str, shard: int) -> str:
    return f"CREATED#{kind}#{month}#{shard}"


# Index `promise`: the tickets of a team to which something was promised, soonest first.
def promise_part(team_id: str | None, shard: int) -> str:
    return f"PROMISE#{team_id or 'none'}#{shard}"


# Index `due`: what a timer must look at, soonest first.
def due(next_at: datetime, id: str) -> Key:
    return due_part(_shard(id, DUE_SHARDS)), f"{time(next_at)}#{id}"


def due_part(shard: int) -> str:
    return f"DUE#{shard}"


def _shard(id: str, shards: int) -> int:
    return zlib.crc32(id.encode()) % shards


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
