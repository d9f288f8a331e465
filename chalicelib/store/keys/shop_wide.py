"""Keys of the shop as a whole: its rules, keys of the API, webhooks, jobs, counters and the feed."""

import hashlib

from chalicelib.store.keys.form import FEED_BLOCK, Key, hashed


# Which words do agents use again and again?
def macro(macro_id: str) -> Key:
    return "MACROS", macro_id


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


# How often was this done for this address within this span of time? Hashed: such rows outlive a customer's erasure.
def allowance(name: str, span: int, address: str) -> Key:
    return f"ALLOWANCE#{name}#{span}#{hashed(address)}", "-"


# What did the SMS of this day (`2026-11-22`, UTC) cost?
def sms_spending(day: str) -> Key:
    return f"SMSSPENDING#{day}", "-"


# What did this request answer when it came the first time?
def idempotency(scope: str) -> Key:
    return f"IDEMPOTENCY#{scope}", "-"


# How far is this job, and what does it report?
def job(job_id: str) -> Key:
    return f"JOB#{job_id}", "JOB"


def job_result(job_id: str, number: int) -> Key:
    return f"JOB#{job_id}", f"RESULT#{number:09d}"


# Who outside is told of events? One query.
def webhook(webhook_id: str) -> Key:
    return "WEBHOOKS", webhook_id


# What was told to this webhook, and what became of it? Newest first.
def webhook_delivery(webhook_id: str, delivery_id: str) -> Key:
    return f"WEBHOOK#{webhook_id}", f"DELIVERY#{delivery_id}"


# Index `due`, beside its shards: what waits until this webhook is well again, oldest event first.
def parked(webhook_id: str, delivery_id: str) -> Key:
    return f"PARKED#{webhook_id}", delivery_id


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
