"""Takes files away for good. Both buckets keep what is deleted or overwritten for 30 days: those versions go too."""

from collections.abc import Iterable, Iterator

from chalicelib import aws, settings

# S3: "The request can contain a list of up to 1,000 keys".
_MOST = 1000


def erase_files(keys: Iterable[str]) -> None:
    """All versions of those files; one that ends in `/` is a folder and stands for all in it."""
    _erase(settings.files_bucket(), keys)


def erase_mails(keys: Iterable[str]) -> None:
    """The same for raw mails."""
    _erase(settings.mail_bucket(), keys)


def _erase(bucket: str, keys: Iterable[str]) -> None:
    for key in keys:
        found = list(_versions(bucket, key))
        for start in range(0, len(found), _MOST):
            wanted = {"Objects": found[start : start + _MOST], "Quiet": True}
            refused = aws.client("s3").delete_objects(Bucket=bucket, Delete=wanted).get("Errors")
            if refused:
                raise NotErased(f"{bucket}: {refused[0]['Code']}")


def _versions(bucket: str, key: str) -> Iterator[dict[str, str]]:
    pages = aws.client("s3").get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=key)
    for page in pages:
        for one in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
            if one["Key"] == key or key.endswith("/"):
                yield {"Key": one["Key"], "VersionId": one["VersionId"]}


class NotErased(Exception):
    """S3 kept something; trying again is the caller's."""
