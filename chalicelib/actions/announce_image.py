"""Announces a picture for articles, which its author then uploads past us, straight into S3.

No row tells of it: what lies in the bucket is there. Nothing sweeps pictures out, since versions of articles and the
shop's own style sheet may show what no article of today does.
"""

from chalicelib import ids
from chalicelib.domain.image import MAX_SIZE, TYPES, Image, name_of
from chalicelib.errors import Fault, Invalid
from chalicelib.store import changes, files, idempotency
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed

# The address is never given to other octets.
FOR_GOOD = "public, max-age=31536000, immutable"


def announce(name: str, content_type: str, size: int, keyed: Keyed | None = None) -> Image:
    """The picture to be: of exactly `size` octets, at most 5 MB.

    Raises:
        Invalid: code `not-an-image`, it is of another type than domain.image.TYPES; or `image-too-big`.
        Replayed: the idempotency key was there before.
    """
    if content_type not in TYPES:
        said = f"A picture is one of {', '.join(TYPES)}."
        raise Invalid(said, code="not-an-image", faults=(Fault("/content_type", "not-an-image", said),))
    if not 0 < size <= MAX_SIZE:
        said = f"A picture has 1 to {MAX_SIZE} octets."
        raise Invalid(said, code="image-too-big", faults=(Fault("/size", "image-too-big", said),))
    image = Image(ids.new("img"), name_of(name, content_type), content_type, size)
    changes.again(lambda: _keep_answer(image, keyed))
    return image


def form(image: Image) -> tuple[str, dict[str, str]]:
    """Address and fields of the form that uploads it, within the hour."""
    return files.form_for(image.key, image.content_type, image.size, FOR_GOOD)


def _keep_answer(image: Image, keyed: Keyed | None) -> None:
    change = Changes()
    idempotency.record(change, keyed, image)
    if len(change):
        change.commit()
