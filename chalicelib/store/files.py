"""Octets in S3: raw mail as received, attachments, and texts too long for a row."""

import json
from typing import Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from chalicelib import aws, settings

LINK_SECONDS = 3600
# What S3 says of a bucket that is not there, or not ours to read.
_WITHHELD = ("403", "AccessDenied", "NoSuchBucket", "InvalidBucketName")


class MailGone(LookupError):
    """The raw mail under that key was deleted."""


def read_mail(key: str) -> bytes:
    """A raw mail, as SES put it there.

    Raises:
        MailGone: it is not there any more.
    """
    try:
        return _read(settings.mail_bucket(), key)
    except ClientError as error:
        if _is_absent(error):
            raise MailGone(key) from error
        raise


def beginning_of_mail(key: str, octets: int) -> tuple[bytes, int]:
    """The first `octets` of a raw mail at most, and how many it has."""
    found = aws.client("s3").get_object(Bucket=settings.mail_bucket(), Key=key)
    return found["Body"].read(octets), found["ContentLength"]


def find_mail(key: str) -> bytes | None:
    """The same; None when it is not there (any more)."""
    try:
        return read_mail(key)
    except MailGone:
        return None


def head_of_mail(key: str) -> dict[str, Any] | None:
    """What S3 says of a raw mail (ContentLength, LastModified …); None when it is not there (any more)."""
    try:
        return dict(aws.client("s3").head_object(Bucket=settings.mail_bucket(), Key=key))
    except ClientError as error:
        if _is_absent(error):
            return None
        raise


def delete_mail(key: str) -> None:
    """Take a raw mail away; one that is gone already stays gone."""
    aws.client("s3").delete_object(Bucket=settings.mail_bucket(), Key=key)


def put(key: str, content: bytes, content_type: str = "application/octet-stream") -> None:
    aws.client("s3").put_object(Bucket=settings.files_bucket(), Key=key, Body=content, ContentType=content_type)


def put_mail(key: str, content: bytes) -> None:
    """Keep a raw mail that did not come by SES."""
    aws.client("s3").put_object(Bucket=settings.mail_bucket(), Key=key, Body=content, ContentType="message/rfc822")


def read(key: str) -> bytes:
    return _read(settings.files_bucket(), key)


def find(key: str) -> bytes | None:
    """The file; None when it is not there (any more)."""
    try:
        return read(key)
    except ClientError as error:
        if _is_absent(error):
            return None
        raise


def beginning(key: str, octets: int) -> bytes | None:
    """Its first `octets` at most; None when it is not there."""
    try:
        found: bytes = aws.client("s3").get_object(Bucket=settings.files_bucket(), Key=key)["Body"].read(octets)
    except ClientError as error:
        if _is_absent(error):
            return None
        raise
    return found


def put_json(key: str, value: Any) -> None:
    put(key, json.dumps(value, ensure_ascii=False).encode(), "application/json")


def read_json(key: str) -> Any:
    return json.loads(read(key))


def link(key: str, name: str, content_type: str, seconds: int = LINK_SECONDS) -> str:
    """An address from which a browser can download the file during the next hour, under its own name.

    Always as a download (`attachment`): a stored HTML or SVG file must not run on our pages' behalf.
    """
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    wanted = {
        "Bucket": settings.files_bucket(),
        "Key": key,
        "ResponseContentDisposition": disposition,
        "ResponseContentType": content_type,
    }
    return aws.client("s3").generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds)


def form_for(key: str, content_type: str, size: int, cache: str | None = None) -> tuple[str, dict[str, str]]:
    """Address and fields of a form by which anybody can upload this one file during the next hour.

    S3 itself refuses another type and another size (`size` octets exactly). `cache` is the Cache-Control with which it
    is given out.
    """
    named = {"Content-Type": content_type} | ({"Cache-Control": cache} if cache else {})
    conditions: list[Any] = [{name: value} for name, value in named.items()]
    made = aws.client("s3").generate_presigned_post(
        settings.files_bucket(),
        key,
        Fields=named,
        Conditions=[*conditions, ["content-length-range", size, size]],
        ExpiresIn=LINK_SECONDS,
    )
    return made["url"], made["fields"]


def plain_form_for(folder: str, most: int, to: str) -> tuple[str, dict[str, str]]:
    """The same for a browser without a script: one file of at most `most` octets, put into `folder` under the name that
    it has there; S3 then leads the browser to `to`, with the `key` among its parameters.
    """
    redirect = {"success_action_redirect": to}
    made = aws.client("s3").generate_presigned_post(
        settings.files_bucket(),
        folder + "${filename}",
        Fields=dict(redirect),
        Conditions=[redirect, ["content-length-range", 1, most]],
        ExpiresIn=LINK_SECONDS,
    )
    return made["url"], made["fields"]


def picture_form_for(key: str, content_type: str, most: int, to: str, cache: str) -> tuple[str, dict[str, str]]:
    """The same for one picture of that type, which lies under `key` then and is given out with `cache`."""
    named = {"Content-Type": content_type, "Cache-Control": cache, "success_action_redirect": to}
    made = aws.client("s3").generate_presigned_post(
        settings.files_bucket(),
        key,
        Fields=dict(named),
        Conditions=[*({name: value} for name, value in named.items()), ["content-length-range", 1, most]],
        ExpiresIn=LINK_SECONDS,
    )
    return made["url"], made["fields"]


def place_of_uploads() -> str:
    """The address to which such forms go."""
    return str(aws.client("s3").generate_presigned_post(settings.files_bucket(), "-")["url"])


def place_for(key: str) -> str:
    """An address to which anybody can put this one file during the next hour, of whatever type and size."""
    wanted = {"Bucket": settings.files_bucket(), "Key": key}
    return str(aws.client("s3").generate_presigned_url("put_object", Params=wanted, ExpiresIn=LINK_SECONDS))


def picture_link(key: str, content_type: str) -> str:
    """An address at which a browser sees the picture during the next hour, as that type and no other."""
    wanted = {"Bucket": settings.files_bucket(), "Key": key, "ResponseContentType": content_type}
    return str(aws.client("s3").generate_presigned_url("get_object", Params=wanted, ExpiresIn=LINK_SECONDS))


def type_of(key: str) -> str | None:
    """The media type with which the file was uploaded; None when it is not there."""
    try:
        return str(aws.client("s3").head_object(Bucket=settings.files_bucket(), Key=key)["ContentType"])
    except ClientError as error:
        if _is_absent(error):
            return None
        raise


def size_of(key: str) -> int | None:
    """How many octets the file has; None when it is not there."""
    found = size_and_tag(key)
    return found[0] if found else None


def size_and_tag(key: str) -> tuple[int, str] | None:
    """How many octets the file has, and S3's ETag, another one for other octets; None when it is not there."""
    try:
        found = aws.client("s3").head_object(Bucket=settings.files_bucket(), Key=key)
    except ClientError as error:
        if _is_absent(error):
            return None
        raise
    return int(found["ContentLength"]), str(found["ETag"])


def copy(source: str, target: str) -> bool:
    """Copy a file, within S3; False when there is none."""
    bucket = settings.files_bucket()
    try:
        aws.client("s3").copy_object(Bucket=bucket, Key=target, CopySource={"Bucket": bucket, "Key": source})
    except ClientError as error:
        if _is_absent(error):
            return False
        raise
    return True


def brought(bucket: str, source: str, target: str, most: int) -> int | None:
    """Copy a file out of another bucket, within S3; how many octets it has, None when it cannot be had or has more than
    `most`."""
    s3 = aws.client("s3")
    try:
        size = int(s3.head_object(Bucket=bucket, Key=source)["ContentLength"])
        if size > most:
            return None
        place = {"Bucket": bucket, "Key": source}
        s3.copy_object(Bucket=settings.files_bucket(), Key=target, CopySource=place)
    except ClientError as error:
        if _is_absent(error) or error.response["Error"]["Code"] in _WITHHELD:
            return None
        raise
    return size


def is_there(key: str) -> bool:
    """Whether the file has been uploaded."""
    return size_and_tag(key) is not None


def _is_absent(error: ClientError) -> bool:
    # Whoever asks may list the bucket, so S3 says 403 only of what is there and may not be read.
    return error.response["Error"]["Code"] in ("404", "NoSuchKey")


def mail_link(key: str, name: str = "raw") -> str:
    """The same for a raw mail, as `raw.eml` or under another name of ASCII letters, digits and `-`."""
    wanted = {
        "Bucket": settings.mail_bucket(),
        "Key": key,
        "ResponseContentDisposition": f"attachment; filename={name}.eml",
        "ResponseContentType": "message/rfc822",
    }
    return aws.client("s3").generate_presigned_url("get_object", Params=wanted, ExpiresIn=LINK_SECONDS)


def _read(bucket: str, key: str) -> bytes:
    return aws.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
