"""Pictures of articles."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.schemas.values import ONE_LINE
from chalicelib.domain.image import MAX_SIZE


class NewImage(Struct, forbid_unknown_fields=True, kw_only=True):
    """What will be uploaded: exactly `size` octets, at most 5 MB, as `content_type`."""

    name: Annotated[str, Meta(max_length=200, pattern=ONE_LINE)]
    content_type: Literal["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"]
    size: Annotated[int, Meta(ge=1, le=MAX_SIZE)]


class Image(Struct, kw_only=True):
    """POST the file to `url` as multipart/form-data within the hour: all of `fields`, then `file`.

    Then it is at `path`, for everybody who knows the address: in Markdown `![what is to be seen](/media/…)`.
    """

    image_id: str
    path: str
    url: str
    fields: dict[str, str]
