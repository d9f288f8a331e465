"""Pictures of articles: announced here, uploaded straight into S3, then named in Markdown."""

from chalicelib.actions import announce_image
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import images as schemas
from chalicelib.domain.image import Image


@operation("Announce a picture", body=schemas.NewImage, gives=schemas.Image, status=201)
def create(call: Call, body: schemas.NewImage) -> Answer:
    """The form in the answer uploads exactly this picture, within the hour; `path` goes into the article's Markdown.

    It is public for whoever knows its address, whatever the visibility of the articles that show it.
    """
    return _form(announce_image.announce(body.name, body.content_type, body.size, call.keyed(_form)))


def _form(image: Image) -> Answer:
    url, fields = announce_image.form(image)
    return Answer(schemas.Image(image_id=image.id, path=image.path, url=url, fields=fields), 201)
