"""Files for messages and imports: announced here, uploaded straight into S3, then named in a message or a job."""

from collections.abc import Iterable, Sequence

from chalicelib.actions import keep_uploads
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
    """The form in the answer uploads exactly this file, within the hour.

    A message can name it within a day, an import within a week.
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
    if found is None or not (found.is_import and _is_own(found, call) and files.is_there(found.attachment.key)):
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
    found = {id: one for id, one in uploads.get_all(wanted).items() if _is_own(one, call) and not one.is_import}
    _refuse_too_heavy(found.values(), at, call.locale)
    kept = keep_uploads.keep([found[id].attachment if id in found else None for id in wanted])
    faults = [
        fault("unknown-attachment", f"{at}/{attachment_ids.index(id)}", call.locale)
        for id, attachment in zip(wanted, kept, strict=True)
        if attachment is None
    ]
    if faults:
        raise Invalid(faults[0].message, code="unknown-attachment", faults=tuple(faults))
    return tuple(one for one in kept if one)


def _is_own(upload: Upload, call: Call) -> bool:
    return upload.owner_id == call.owner.id


def _refuse_too_heavy(listed: Iterable[Upload], at: str, locale: str) -> None:
    size = sum(one.attachment.size for one in listed)
    if size > schemas.MAX_SIZE:
        found = fault("too-big", at, locale, count=size, limit=schemas.MAX_SIZE)
        raise Invalid(found.message, faults=(found,))


def _form(attachment: Attachment) -> Answer:
    url, fields = files.form_for(attachment.key, attachment.content_type, attachment.size)
    return Answer(schemas.Upload(attachment_id=attachment.id, url=url, fields=fields), 201)
