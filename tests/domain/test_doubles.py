"""Which two customers may be one, and why: what counts, what does not, and in which order."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain import doubles
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.doubles import Suggestion

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def customer(name="", *contacts, organization=None):
    typed = tuple(
        Contact("email" if "@" in one else "phone" if one.startswith("+") else "external", one) for one in contacts
    )
    return Customer(f"cus_{name}", name, "en", NOW, NOW, typed, organization_id=organization)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alice Ben Salah", "ben salah, ALICE"),
        ("José Muñoz", "Jose Munoz"),
        ("أحمد إبراهيم", "احمد ابراهيم"),
        ("فاطمة الزهراء", "فاطمه الزهراء"),
        ("مُحَمَّد علي", "محمد على"),
        ("Straße Weg", "STRASSE WEG"),
    ],
    ids=["order", "accents", "hamza", "ta", "tashkeel", "sharp"],
)
def test_one_name_in_two_spellings_is_the_same(one, other):
    assert doubles.compare(customer(one), customer(other), ()) == {"same-name"}
    assert doubles.keys_of(customer(one)) == doubles.keys_of(customer(other))


def test_a_first_name_alone_is_not_enough():
    reasons = doubles.compare(customer("Alice"), customer("alice"), ())

    assert reasons == {"same-first-name"}
    assert doubles.best([Suggestion(customer("alice"), doubles.score(reasons), tuple(reasons))]) == []


def test_two_without_a_name_have_none_in_common():
    assert doubles.compare(customer(), customer(), ()) == set()
    assert doubles.keys_of(customer()) == set()


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("Alice Salah", "alice.salah@example.org"), ("Alice S.", "alicesalah+shop@example.com"), True),
        (("", "alice.salah@example.org"), ("Alice", "alice.salah@example.com"), True),
        (("Alice", "asalah@example.org"), ("Adam", "asalah@example.com"), False),
        (("Alice", "info@example.org"), ("Alice", "info@example.com"), False),
    ],
    ids=["similar names", "nameless", "other names", "generic"],
)
def test_the_same_name_before_the_at_counts_with_a_similar_name(one, other, found):
    assert ("same-mail-name" in doubles.compare(customer(*one), customer(*other), ())) is found


@pytest.mark.parametrize("id", ["20555014", "0021620555014", "+216 20 555 014"], ids=["local", "zeros", "typed"])
def test_a_number_written_as_an_id_counts(id):
    by_id = Customer("cus_b", "", "en", NOW, NOW, (Contact("external", id),))
    by_phone = customer("Alice", "+21620555014")

    assert doubles.compare(by_phone, by_id, ()) == doubles.compare(by_id, by_phone, ()) == {"number-as-id"}
    assert doubles.keys_of(by_phone) & doubles.keys_of(by_id)


def test_two_numbers_that_end_alike_are_two_numbers():
    assert doubles.compare(customer("", "+21620555014"), customer("", "+9620555014"), ()) == set()


def test_colleagues_count_when_they_have_one_first_name():
    one, other = customer("Alice Salah", organization="org_1"), customer("Alice", organization="org_1")

    assert doubles.compare(one, other, ()) == {"same-organization"}
    assert doubles.compare(one, customer("Adam", organization="org_1"), ()) == set()


def test_reasons_add_up_and_the_likeliest_comes_first():
    some = [Suggestion(customer(f"n{n}"), n, ("same-name",)) for n in (29, 30, 45, 60, 100, 31, 50, 55)]

    assert [one.score for one in doubles.best(some)] == [100, 60, 55, 50, 45]
    assert doubles.score(doubles.REASONS) == 100
    assert doubles.in_order({"same-name", "wrote-in-ticket"}) == ("wrote-in-ticket", "same-name")


def test_every_reason_has_words_in_both_languages():
    told = {reason.words(language) for reason in doubles.REASONS.values() for language in ("en", "ar")}

    assert len(told) == 2 * len(doubles.REASONS)
