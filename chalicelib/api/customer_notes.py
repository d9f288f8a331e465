"""Notes about customers: for agents alone, beside all that customers said themselves."""

from chalicelib import ids
from chalicelib.actions import change_customer_note
from chalicelib.api import customers, lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import customer_notes as schemas
from chalicelib.api.schemas.tickets import WrittenBy
from chalicelib.api.schemas.values import Page
from chalicelib.domain.customer_note import CustomerNote
from chalicelib.errors import NotFound
from chalicelib.store import customer_notes


@operation(
    "Write a note about a customer",
    body=schemas.NewCustomerNote,
    gives=schemas.CustomerNote,
    status=201,
    refuses=("customer-not-found", "not-your-agent"),
)
def create(call: Call, body: schemas.NewCustomerNote) -> Answer:
    """Only agents see it. It stays with this customer when he is merged, and is shown with all that he became."""
    return _made(change_customer_note.write(customers.id_of(call), call.agent(), body.text, call.keyed(_made)))


@operation(
    "List the notes about a customer",
    query=schemas.CustomerNoteQuery,
    gives=Page[schemas.CustomerNote],
    refuses=("customer-not-found",),
)
def index(call: Call, query: schemas.CustomerNoteQuery) -> Answer:
    """Newest first, with those about customers who were merged into this one."""
    found = customer_notes.page(customers.named(call).all_ids, query.limit, lists.place(call))
    return lists.page(call, [shape(one) for one in found.notes], found.after)


@operation("Delete a note about a customer", status=204, refuses=("customer-not-found", "note-not-found"))
def delete_note(call: Call) -> Answer:
    """It is gone for good. A note about one who was merged into this customer can be deleted here, too."""
    customer_id, note_id = customers.id_of(call), call.path["note"]
    if not ids.is_id(note_id, "nte"):
        raise NotFound(f"There is no note {note_id[:100]} about this customer.", code="note-not-found")
    change_customer_note.delete(customer_id, note_id)
    return Answer(status=204)


def shape(note: CustomerNote) -> schemas.CustomerNote:
    return schemas.CustomerNote(
        id=note.id,
        customer_id=note.customer_id,
        author=WrittenBy(note.author.type, note.author.id, note.author.name),  # type: ignore[arg-type]
        text=note.text,
        created_at=note.created_at,
    )


def _made(note: CustomerNote) -> Answer:
    return Answer(shape(note), 201, location=f"/v1/customers/{note.customer_id}/notes")
