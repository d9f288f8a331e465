"""Keys of people: customers and what is known of them, organizations, and who works here."""

from datetime import datetime

from chalicelib.store.keys.form import Key, hashed, time


# Who is this customer? Whose is this address?
def customer(customer_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", "PROFILE"


def contact(type: str, value: str) -> Key:
    return f"CONTACT#{type}:{value}", "-"


# What happened with this customer outside the desk? Newest last; and: was that told before?
def customer_event(customer_id: str, occurred_at: datetime, event_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"HAPPENED#{time(occurred_at)}#{event_id}"


def customer_event_name(customer_id: str, external_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"NAMED#{hashed(external_id)}"


# What did this customer allow us, and when? Newest last.
def consent(customer_id: str, at: datetime, consent_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"CONSENT#{time(at)}#{consent_id}"


# Which code was he sent last, to show that a contact is his?
def contact_code(customer_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", "CODE#-"


# What did this customer ask for with his data: `EXPORT`, or `ERASURE`?
def data_wish(customer_id: str, what: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"WISH#{what}"


# What did agents write down about this customer? Newest last.
def customer_note(customer_id: str, note_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"NOTE#{note_id}"


# Who has this in common with whom? Hashed: such a key must not tell a name. Of events' ids the hash is that of `NAMED`.
def double(kind: str, value: str) -> str:
    return f"DOUBLE#{kind}:{hashed(value)}"


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


# Which tickets have its members? `place` is where the ticket stands among its customer's.
def organization_ticket(organization_id: str, place: str) -> Key:
    return f"ORGANIZATION#{organization_id}", f"TICKET#{place}"


# Which of its members had tickets before, which are not listed with it yet? On index `created`.
def unlisted_member(organization_id: str, joined_at: datetime, customer_id: str) -> Key:
    part, first = unlisted_members(organization_id)
    return part, f"{first}{time(joined_at)}#{customer_id}"


def unlisted_members(organization_id: str) -> Key:
    return "UNLISTEDMEMBERS", f"{organization_id}#"


# Whose were listed, but so soon after he joined that the night lists them once more? `place` is where he lay before.
def listed_early(place: str) -> str:
    return f"EARLY#{place.removeprefix('EARLY#')}"


def joined_before(place: str, moment: datetime) -> bool:
    return place.split("#")[-2] < time(moment)


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


# Did mail to this address come back for good, or its owner complain?
def marked_address(email: str) -> Key:
    return f"MARKED#{hashed(email)}", "-"


# Does the owner of this number want nothing on this channel? Hashed: it outlives a customer's erasure.
def marked_number(channel: str, e164: str) -> Key:
    return f"MARKED#{hashed(f'{channel}:{e164}')}", "-"


# Is this sign-in link unspent?
def sign_in(sign_in_id: str) -> Key:
    return f"SIGNIN#{sign_in_id}", "-"


# Which job erases this customer?
def erasure(customer_id: str) -> Key:
    return customer(customer_id)[0], "ERASURE"
