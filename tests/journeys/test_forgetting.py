"""Alice asks what the shop knows of her, reads it, and is forgotten: through the running product, S3 included."""

import io
import json
import zipfile
from typing import Any
from urllib.request import urlopen

from tests.journeys.product import Product
from tests.journeys.test_main_job import letter, messages_of, person, tickets_of

SECRET = "the-board-was-a-gift"


def test_alice_gets_her_data_and_is_forgotten(product: Product) -> None:
    alice = person()
    product.mail(alice, letter(alice, f"Hello, {SECRET}."))
    product.settle()
    [ticket] = tickets_of(product, email=alice)
    customer = f"/customers/{ticket['customer_id']}"

    [archive] = exported(product, finished(product, product.api("POST", f"{customer}/export").json()))
    assert [one["id"] for one in records(archive, "customers")] == [ticket["customer_id"]]
    [mail] = [name for name in archive.namelist() if name.startswith("mails/")]
    assert SECRET in archive.read(mail).decode()
    assert places(product), "her mail lies in S3 as it came"

    job = finished(product, product.api("DELETE", customer).json())
    assert (job["state"], job["progress"]) == ("done", {"done": 1, "total": 1})
    assert product.api("GET", customer).status == 404
    assert [message["text"] for message in messages_of(product, ticket)] == ["Erased"]
    assert places(product) == []

    product.mail(alice, letter(alice, "Me again."))
    product.settle()
    [anew] = tickets_of(product, email=alice)
    assert anew["customer_id"] != ticket["customer_id"]


def finished(product: Product, job: dict[str, Any]) -> dict[str, Any]:
    product.settle()
    return dict(product.api("GET", f"/jobs/{job['id']}").json())


def exported(product: Product, job: dict[str, Any]) -> list[zipfile.ZipFile]:
    assert (job["state"], job["error"]) == ("done", None)
    listed = product.api("GET", f"/jobs/{job['id']}/results").json()["data"]
    return [zipfile.ZipFile(io.BytesIO(urlopen(one["url"], timeout=30).read())) for one in listed]


def records(archive: zipfile.ZipFile, kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(f"{kind}.jsonl").splitlines()]


def places(product: Product) -> list[str]:
    """The files of the played S3 in which the secret stands, as it is or packed."""
    found = (path for path in (product.data / "engine" / "s3").rglob("*") if path.is_file())
    return [str(path) for path in found if SECRET.encode() in unpacked(path.read_bytes())]


def unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    archive = zipfile.ZipFile(io.BytesIO(content))
    return b"".join(archive.read(name) for name in archive.namelist())
