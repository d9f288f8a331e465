"""Files for messages and imports: announced here, uploaded straight into S3, then named in a message or a job."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from chalicelib.actions.announce_file import announce
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas import uploads as schemas
from chalicelib.domain.message import Attachment
from chalicelib.errors import Forbidden, Invalid
from chalicelib.store import files, uploads
from chalicelib.store.uploads import Upload


@operation("Announce a file", body=schemas.NewUpload, gives=schemas.Upload, status=201)
def create(call: Call, body: schemas.NewUpload) -> Answer:
    """The form in the answer uploads exactly this file, within the hour; a message can name it within a day, an import

    within a week.
    """
    if body.purpose == "import" and not call.owner.may("admin"):
        raise Forbidden("A file to import needs the scope admin.", code="missing-scope")
    if body.purpose == "message" and body.size > schemas.MAX_SIZE:
        found = fault("out-of-range", "/size", call.locale, low=1, high=schemas.MAX_SIZE)
        raise Invalid(found.message, faults=(found,))
    told = (body.name.strip(), body.content_type, body.size, call.owner.id)
    return _form(announce(*told, call.keyed(_form), is_import=body.purpose == "import"))


def to_import(call: Call, attachment_id: str, at: str) -> Attachment:
    """The file to import of that id, which this key has announced and uploaded.

    Raises:
        Invalid: code `unknown-attachment`.
    """
    found = uploads.get_all([attachment_id]).get(attachment_id)
    if found is None or not found.is_import or not _is_there(found, call):
        wrong = fault("unknown-attachment", at, call.locale)
        raise Invalid(wrong.message, code="unknown-attachment", faults=(wrong,))
    return found.attachment


def attached(call: Call, attachment_ids: Sequence[str], at: str) -> tuple[Attachment, ...]:
    """The files of those ids, which this key has announced and uploaded.

    Raises:
        Invalid: code `unknown-attachment`, with a fault for each that is none; or all together are too big for a mail.
    """
    wanted = list(dict.fromkeys(attachment_ids))
    if not wanted:
        return ()
    found = uploads.get_all(wanted)
    with ThreadPoolExecutor(8) as pool:
        there = list(pool.map(lambda id: _is_there(found.get(id), call), wanted))
    faults = [
        fault("unknown-attachment", f"{at}/{attachment_ids.index(id)}", call.locale)
        for id, stands in zip(wanted, there, strict=True)
        if not stands or found[id].is_import
    ]
    if faults:
        raise Invalid(faults[0].message, code="unknown-attachment", faults=tuple(faults))
    return _light_enough(tuple(found[id].attachment for id in wanted), at, call.locale)


def _is_there(upload: Upload | None, call: Call) -> bool:
    return upload is not None and upload.owner_id == call.owner.id and files.is_there(upload.attachment.key)


def _light_enough(listed: tuple[Attachment, ...], at: str, locale: str) -> tuple[Attachment, ...]:
    size = sum(one.size for one in listed)
    if size > schemas.MAX_SIZE:
        found = fault("too-big", at, locale, count=size, limit=schemas.MAX_SIZE)
        raise Invalid(found.message, faults=(found,))
    return listed


def _form(attachment: Attachment) -> Answer:
    url, fields = files.form_for(attachment.key, attachment.content_type, attachment.size)
    return Answer(schemas.Upload(attachment_id=attachment.id, url=url, fields=fields), 201)
