"""AWS clients, made when first asked for: botocore is most of a cold start, and few handlers need more than two.

They come from one session a process, so that what all of them need of botocore's files is read once.

Endpoints come from `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`, which botocore reads by itself.
"""

import functools
import threading
from typing import Any

from chalicelib import settings

# The SDK repeats a request that timed out, which would send a mail twice (it made three requests when tried).
_SENDERS = {"sesv2", "sns", "pinpoint-sms-voice-v2", "socialmessaging"}
# Links and forms would else be signed by version 2, which S3 refuses in newer regions and for files under KMS, and name
# a host that redirects to the region, where version 4 does not hold.
_LINKS: dict[str, dict[str, Any]] = {"s3": {"signature_version": "s3v4", "s3": {"addressing_style": "virtual"}}}
# botocore puts together its own long name anew for every call, which is half of what it takes to make a small one.
USER_AGENT = "diwan"
_making = threading.Lock()


def client(service: str) -> Any:
    """The one client of this process for `service`, such as `s3`."""
    with _making:
        return _client(service)


@functools.cache
def _client(service: str) -> Any:
    from botocore.config import Config

    config = Config(
        retries={"total_max_attempts": 1 if service in _SENDERS else 3, "mode": "standard"},
        connect_timeout=5,
        read_timeout=30,
        user_agent=USER_AGENT,
        **_LINKS.get(service, {}),
    )
    return session().client(service, config=config)


@functools.cache
def session() -> Any:
    """The one session of this process, with its region and credentials."""
    import boto3

    return boto3.session.Session()


def forget_clients() -> None:
    """Drop the cached clients, for when the endpoints have changed under a running process."""
    _client.cache_clear()
    session.cache_clear()


@functools.cache
def secret(arn: str) -> str:
    """The text of a secret in Secrets Manager, read once a process."""
    return client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"]


@functools.cache
def previous_secret(arn: str) -> str | None:
    """Its text before it was last changed, None if it never was; read once a process."""
    keeper = client("secretsmanager")
    try:
        return keeper.get_secret_value(SecretId=arn, VersionStage="AWSPREVIOUS")["SecretString"]
    except keeper.exceptions.ResourceNotFoundException:
        return None


def forget_secrets() -> None:
    """Drop the remembered secrets, as a new process has none."""
    secret.cache_clear()
    previous_secret.cache_clear()


def signing_secret() -> str:
    """The secret under all our signatures.

    Raises:
        RuntimeError: neither DIWAN_SIGNING_SECRET nor DIWAN_SIGNING_SECRET_ARN is set.
    """
    value = settings.signing_secret()
    if value:
        return value
    arn = settings.signing_secret_arn()
    if not arn:
        raise RuntimeError("set DIWAN_SIGNING_SECRET_ARN (or DIWAN_SIGNING_SECRET on a local run)")
    return secret(arn)
