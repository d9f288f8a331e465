"""What the surroundings tell us, read from the environment at the moment of asking.

Nothing here is cached: a test or a local run may change a variable and the next call sees it.
"""

import os

VERSION = "0.1.0"


def stage() -> str:
    """Name of the deployment, `local` when none is set."""
    return os.environ.get("DIWAN_STAGE", "local")


def answers_http() -> bool:
    """Whether HTTP is answered here. A Lambda function of events answers none: Lambda names its handler in `_HANDLER`.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    """
    return os.environ.get("_HANDLER", "app.app") == "app.app"


def table_name() -> str:
    return os.environ.get("DIWAN_TABLE", "diwan")


def mail_bucket() -> str:
    """Bucket into which SES writes every raw mail before any of our code runs."""
    return os.environ.get("DIWAN_MAIL_BUCKET", "diwan-mail")


def files_bucket() -> str:
    """Bucket of attachments, long texts and exports."""
    return os.environ.get("DIWAN_FILES_BUCKET", "diwan-files")


def search_bucket() -> str:
    return os.environ.get("DIWAN_SEARCH_BUCKET", "diwan-search")


def ticket_search() -> str:
    """Where OpenSearch answers (`https://…`, no trailing slash), if it is what finds tickets; empty: our own shards."""
    return os.environ.get("DIWAN_TICKET_SEARCH", "").rstrip("/")


def jobs_queue_url() -> str:
    return os.environ["DIWAN_JOBS_QUEUE_URL"]


def send_queue_url() -> str:
    return os.environ["DIWAN_SEND_QUEUE_URL"]


def webhooks_queue_url() -> str:
    return os.environ["DIWAN_WEBHOOKS_QUEUE_URL"]


def webhook_loopback() -> bool:
    """Whether webhooks may lead to this very machine, and by http: on a local run only."""
    return os.environ.get("DIWAN_WEBHOOK_LOOPBACK") == "allow"


def public_url() -> str:
    """Where customers reach us, without a trailing slash; every link is made from it and none is stored."""
    return os.environ.get("DIWAN_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")


def static_url() -> str:
    return os.environ.get("DIWAN_STATIC_URL", public_url() + "/static").rstrip("/")


def support_email() -> str:
    return os.environ.get("DIWAN_SUPPORT_EMAIL", "help@ghusn.example")


def support_phone() -> str:
    """The number that customers text, in E.164."""
    return os.environ.get("DIWAN_SUPPORT_PHONE", "+21670555014")


def phone_region() -> str | None:
    """The country (ISO 3166, two letters) of numbers that name none; None: that of our own number."""
    return os.environ.get("DIWAN_PHONE_REGION", "").strip().upper() or None


def whatsapp_phone_number_id() -> str | None:
    """AWS's id (`phone-number-id-…`) of the number that customers write to on WhatsApp; None where there is none."""
    return os.environ.get("DIWAN_WHATSAPP_PHONE_NUMBER_ID") or None


def whatsapp_api_version() -> str:
    """The version of Meta's Graph API that answers are asked for under; Meta ends each some two years after it came.

    https://developers.facebook.com/docs/graph-api/changelog/versions
    """
    return os.environ.get("DIWAN_WHATSAPP_API_VERSION") or "v24.0"


def opt_out_list() -> str | None:
    """AWS's list of numbers that want no SMS, which ours is kept alike; None where there is none, as on a local run."""
    return os.environ.get("DIWAN_OPT_OUT_LIST") or None


def sms_service() -> str:
    """What sends SMS: `sns` (Publish), or `sms-voice` (End User Messaging's SendTextMessage, which tells receipts)."""
    return os.environ.get("DIWAN_SMS_SERVICE") or "sns"


def sms_sender_id() -> str | None:
    """A name to send SMS from, where the country allows one; nobody can answer it. None: our number."""
    return os.environ.get("DIWAN_SMS_SENDER_ID") or None


def sms_max_price() -> str | None:
    """The most that one SMS may cost by AWS's own reckoning, in US dollars such as `0.50`; None: no limit."""
    return os.environ.get("DIWAN_SMS_MAX_PRICE") or None


def sms_configuration_set() -> str | None:
    """End User Messaging's configuration set, whose events tell of receipts."""
    return os.environ.get("DIWAN_SMS_CONFIGURATION_SET") or None


def mail_domain() -> str:
    """Domain of the signed reply addresses; its MX points at SES."""
    return os.environ.get("DIWAN_MAIL_DOMAIN") or support_email().partition("@")[2]


def reply_keys() -> str:
    """Names of the keys of reply addresses, a letter or digit each: new ones are signed with the first, all are taken.

    A key that is left out is revoked: what was signed with it is no longer ours.
    """
    return os.environ.get("DIWAN_REPLY_KEYS") or "a"


def ses_configuration_set() -> str | None:
    return os.environ.get("DIWAN_SES_CONFIGURATION_SET") or None


def outbound() -> str:
    """`live`, or `hold` on a restored stack: queued deliveries then wait and nothing leaves."""
    return os.environ.get("DIWAN_OUTBOUND", "live")


def signing_secret() -> str | None:
    """The secret itself, where it is given by hand (local runs and tests)."""
    return os.environ.get("DIWAN_SIGNING_SECRET") or None


def signing_secret_arn() -> str | None:
    return os.environ.get("DIWAN_SIGNING_SECRET_ARN") or None


def origin_secret_arn() -> str | None:
    """Where the secret is kept that CloudFront sends with every request; None where no CloudFront stands in front."""
    return os.environ.get("DIWAN_ORIGIN_SECRET_ARN") or None
