"""The signed reply address, there and back."""

import pytest

from chalicelib.domain import reply_address
from chalicelib.domain.reply_address import Parsed

TICKET = "tkt_01JD8ZC0Y3ABCDEFGHJKMNPQRS"
ALICE = reply_address.contact_tag("alice@example.com")
SIGNATURE = bytes(range(10))
ADDRESS = reply_address.format(TICKET, ALICE, "a", SIGNATURE, "In.Ghusn.example")


def test_an_address_comes_back_as_it_was_made() -> None:
    assert reply_address.parse(ADDRESS) == Parsed(TICKET, ALICE, "a", SIGNATURE)


def test_its_local_part_is_lower_case_and_fits_into_64_octets() -> None:
    local = ADDRESS.partition("@")[0]
    assert local == local.lower()
    assert len(local) == 57


@pytest.mark.parametrize(
    "changed",
    [str.upper, str.title, lambda it: f"<{it}>", lambda it: f" {it} ", lambda it: f'"{it.replace("@", chr(34) + "@")}'],
)
def test_what_mail_programs_do_to_it_does_no_harm(changed) -> None:  # type: ignore[no-untyped-def]
    assert reply_address.parse(changed(ADDRESS)) == Parsed(TICKET, ALICE, "a", SIGNATURE)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "help@ghusn.example",
        "reply+@in.ghusn.example",
        ADDRESS.replace("reply+", "reply-"),
        ADDRESS.replace("@", "x@"),
        ADDRESS[:40] + ADDRESS[41:],
        ADDRESS.replace("reply+01", "reply+0u"),
        ADDRESS.replace("reply+0", "reply+9"),
        ADDRESS.partition("@")[0],
    ],
)
def test_any_other_address_is_none_of_ours(address: str) -> None:
    assert reply_address.parse(address) is None


def test_a_contact_has_one_tag_whatever_its_case_and_another_contact_another() -> None:
    assert reply_address.contact_tag(" Alice@Example.com ") == ALICE
    assert reply_address.contact_tag("charlie@example.org") != ALICE
    assert len(ALICE) == 8


def test_the_signature_covers_ticket_contact_and_key() -> None:
    texts = {
        reply_address.signed_text(TICKET, ALICE, "a"),
        reply_address.signed_text(TICKET, ALICE, "b"),
        reply_address.signed_text(TICKET, reply_address.contact_tag("charlie@example.org"), "a"),
        reply_address.signed_text("tkt_01JD8ZC0Y3ABCDEFGHJKMNPQRT", ALICE, "a"),
    }
    assert len(texts) == 4


def test_a_parsed_address_signs_the_same_text_as_the_one_that_was_made() -> None:
    parsed = reply_address.parse(ADDRESS.upper())
    assert parsed is not None
    made = reply_address.signed_text(TICKET, ALICE, "a")
    assert reply_address.signed_text(parsed.ticket_id, parsed.contact_tag, parsed.key) == made


def test_all_reply_addresses_of_a_mail_are_found_each_once() -> None:
    other = reply_address.format("tkt_01JD8ZC0Y3ABCDEFGHJKMNPQRT", ALICE, "a", SIGNATURE, "in.ghusn.example")
    found = reply_address.find(["help@ghusn.example", ADDRESS, other.upper(), ADDRESS.upper()])
    assert [parsed.ticket_id[-1] for parsed in found] == ["S", "T"]


@pytest.mark.parametrize(
    ("ticket", "tag", "key", "signature"),
    [
        ("tkt_short", ALICE, "a", SIGNATURE),
        (TICKET, "ABCDEFG1", "a", SIGNATURE),
        (TICKET, ALICE, "ab", SIGNATURE),
        (TICKET, ALICE, "a", SIGNATURE[:9]),
    ],
)
def test_parts_of_the_wrong_shape_make_no_address(ticket: str, tag: str, key: str, signature: bytes) -> None:
    with pytest.raises(ValueError, match="not a reply address"):
        reply_address.format(ticket, tag, key, signature, "in.ghusn.example")
