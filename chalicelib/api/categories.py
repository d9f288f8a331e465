"""Categories: how the help centre is ordered. There are few, so a list is one read."""

from chalicelib import ids
from chalicelib.actions import change_category
from chalicelib.api import fields, lists, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import articles as schemas
from chalicelib.api.schemas.staff import ListQuery
from chalicelib.api.schemas.values import Page
from chalicelib.domain.article import Category
from chalicelib.errors import NotFound
from chalicelib.store import articles


@operation(
    "Make a category",
    body=schemas.NewCategory,
    gives=schemas.Category,
    status=201,
    refuses=("no-translation", "slug-taken"),
)
def create(call: Call, body: schemas.NewCategory) -> Answer:
    """A place for articles, named in at least one language."""
    texts = {name: fields.given(text) for name, text in fields.given(body.translations).items()}
    return _made(change_category.create(texts, body.position, keyed=call.keyed(_made)))


@operation("List categories", query=ListQuery, gives=Page[schemas.Category])
def index(call: Call, query: ListQuery) -> Answer:
    """In the order of the help centre."""
    return lists.piece(call, [shapes.category(one) for one in articles.categories()], query.limit)


@operation("Read a category", gives=schemas.Category, refuses=("category-not-found",))
def show(call: Call) -> Answer:
    """In all its languages."""
    found = articles.category(_id(call))
    if found is None:
        raise _not_found(call.id)
    return _shown(found)


@operation(
    "Change a category",
    body=schemas.CategoryChange,
    gives=schemas.Category,
    refuses=("category-not-found", "version-mismatch", "slug-taken"),
)
def update(call: Call, body: schemas.CategoryChange) -> Answer:
    """Only what is given changes."""
    wanted = fields.given(body)
    if "translations" in wanted:
        wanted["translations"] = {
            name: fields.given(text) for name, text in fields.given(wanted["translations"]).items()
        }
    return _shown(change_category.change(_id(call), wanted, call.keyed(_shown), call.version))


@operation(
    "Move a category",
    body=schemas.CategoryMove,
    gives=schemas.Category,
    refuses=("category-not-found", "unknown-neighbour"),
)
def move(call: Call, body: schemas.CategoryMove) -> Answer:
    """Puts it behind another category; null: first."""
    return _shown(change_category.move(_id(call), body.after, call.keyed(_shown)))


@operation("Delete a category", status=204, refuses=("category-not-found", "category-not-empty"))
def delete(call: Call) -> Answer:
    """Only one without published articles."""
    change_category.delete(_id(call))
    return Answer(status=204)


def _id(call: Call) -> str:
    if not ids.is_id(call.id, "cat"):
        raise _not_found(call.id)
    return call.id


def _not_found(given: str) -> NotFound:
    return NotFound(f"There is no category {given[:100]}.", code="category-not-found")


def _made(category: Category) -> Answer:
    return Answer(shapes.category(category), 201, category.version, f"/v1/categories/{category.id}")


def _shown(category: Category) -> Answer:
    return Answer(shapes.category(category), version=category.version)
