"""Keys of what came in: each mail, text and call is taken in once, and leads to its ticket."""

import hashlib

from chalicelib.store.keys.form import LEG, Key, hashed


# What is still to be answered to this text?
def word_answer(text_key: Key) -> Key:
    return f"WORDANSWER#{text_key[0]}", "-"


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
    return f"WAMID#{hashed(wamid)}", "-"


# When did this number last write on WhatsApp?
def whatsapp_session(e164: str) -> Key:
    return f"WHATSAPP#{e164}", "-"


# Was this raw mail counted? How many were, and of how many is it known what became of them?
def raw_mail(mail_id: str) -> Key:
    return f"RAW#{mail_id}", "-"


def raw_mail_counts() -> Key:
    return "RAWMAIL", "COUNTS"


# Has a mail of this very content come in before, under whatever id the mail service gave it?
def content(fingerprint: str) -> Key:
    return f"CONTENT#{fingerprint}", "-"


# Which message has this Message-ID (RFC 5322)? Hashed: they may be longer than a key.
def email_id(message_id: str) -> Key:
    return f"EMAILID#{hashlib.sha256(message_id.encode()).hexdigest()[:32]}", "-"


# Which message has the mail that this person sent under this Message-ID? Without a person: the first who sent one.
def received_id(message_id: str, address: str = "") -> Key:
    return f"RECEIVEDID#{hashed(f'{address} {message_id}')}", "-"


# Under which name is a mail known that we sent? SES writes an id of its own over ours; others put any domain behind it.
def provider_name(message_id: str) -> str:
    return f"provider:{message_id.partition('@')[0]}"


# In which ticket did this person name this Message-ID? Hashed together: neither can be read off it.
def named_id(message_id: str, address: str) -> Key:
    return f"NAMEDID#{hashed(f'{address} {message_id}')}", "-"


# Which ticket texted this number last?
def phone_thread(e164: str) -> Key:
    return f"PHONE#{e164}", "-"


# Was this sender answered automatically today?
def automatic_answer(contact_value: str) -> Key:
    return f"AUTOMATIC#{hashed(contact_value)}", "-"


# How fast does this sender write? Hashed: such rows outlive a customer's erasure.
def sender_pace(sender: str) -> Key:
    return f"PACE#{hashed(sender)}", "-"


# Which message did this number leave off in, if it has more to say? Hashed, as well.
def sms_part(e164: str) -> Key:
    return f"SMSPART#{hashed(e164)}", "-"


# Which file was announced under this id?
def upload(attachment_id: str) -> Key:
    return f"UPLOAD#{attachment_id}", "-"
