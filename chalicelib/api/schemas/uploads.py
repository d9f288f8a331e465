"""Files for messages, and files to import."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.schemas.values import ONE_LINE

# A mail of SES may have 40 MB, and base64 makes three octets four.
MAX_SIZE = 20 * 1024 * 1024
# The most that S3 takes in one POST.
MAX_IMPORT = 5 * 1024 * 1024 * 1024


class NewUpload(Struct, forbid_unknown_fields=True, kw_only=True):
    """What will be uploaded: exactly `size` octets, as `content_type`.

    A file for a message has at most 20 MB; one for an import job at most 5 GB, and takes the scope `admin`.
    """

    name: Annotated[str, Meta(max_length=200, pattern=ONE_LINE)]
    content_type: Annotated[str, Meta(max_length=100, pattern=r"^[A-Za-z0-9.+_-]+/[A-Za-z0-9.+_-]+(?![\s\S])")]
    size: Annotated[int, Meta(ge=1, le=MAX_IMPORT)]
    purpose: Literal["message", "import"] = "message"


class Upload(Struct, kw_only=True):
    """POST the file to `url` as multipart/form-data within the hour: all of `fields`, then `file`."""

    attachment_id: str
    url: str
    fields: dict[str, str]
