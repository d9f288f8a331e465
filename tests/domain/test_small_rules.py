"""The small rules: contacts, deliveries, matching, languages, slugs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import delivery as sending
from chalicelib.domain.article import may_read, slug_of
from chalicelib.domain.contact import normal_email
from chalicelib.domain.customer import Contact, Customer, Way, learn, way_to
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.language import choose, locale_of
from chalicelib.domain.message import preview
from chalicelib.domain.reply_matching import Candidate, match, number_in
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Invalid

NOW = datetime(2026, 3, 14, 9, 12, tzinfo=UTC)
EMAIL, OTHER, PHONE = Contact("email", "a@x.org"), Contact("email", "b@x.org"), Contact("phone", "+21620555014")


def customer(*contacts, **fields):
    return Customer("cus_alice", "Alice", "en", NOW, NOW, contacts, **fields)


def delivery(state="queued", **fields):
    return Delivery("tkt_1", "msg_1", "reply", "email", "a@x.org", state, NOW, **fields)


@pytest.mark.parametrize(
    ("channel", "last_used", "expected"),
    [
        ("email", None, Way("email", EMAIL)),
        ("email", "b@x.org", Way("email", OTHER)),
        ("sms", None, Way("sms", PHONE)),
        ("whatsapp", None, Way("whatsapp", PHONE)),
        ("portal", None, Way("email", EMAIL)),
        ("phone", None, Way("email", EMAIL)),
        ("api", "b@x.org", Way("email", OTHER)),
    ],
)
def test_an_answer_goes_to_the_contact_last_written_from(channel, last_used, expected):
    assert way_to(customer(EMAIL, OTHER, PHONE), channel, last_used) == expected


def test_who_prefers_sms_is_told_by_sms_of_answers_in_the_portal():
    assert way_to(customer(EMAIL, PHONE, preferred_channel="sms"), "portal") == Way("sms", PHONE)


def test_nobody_is_reached_by_an_external_id():
    assert way_to(customer(Contact("external", "42")), "portal") is None


def test_what_we_know_of_a_customer_is_not_overwritten():
    assert learn(customer(EMAIL), "Somebody Else", "ar", NOW) == customer(EMAIL)
    assert learn(replace(customer(EMAIL), name=""), "Alice", None, NOW).name == "Alice"


@pytest.mark.parametrize(
    "text", ["", "alice", "alice@", "@example.org", "a b@x.org", "a@x", "a@x..org", "x" * 250 + "@x.org"]
)
def test_what_is_no_address_is_refused_by_name(text):
    with pytest.raises(Invalid) as refusal:
        normal_email(text)
    assert refusal.value.code == "invalid-email"


def test_addresses_are_one_spelling():
    assert normal_email("  Alice@Example.ORG ") == "alice@example.org"


def test_only_one_sender_may_take_a_delivery_until_its_lease_ends():
    taken = sending.taken(delivery(), NOW)

    assert sending.may_send(delivery(), NOW)
    assert not sending.may_send(taken, NOW + timedelta(minutes=4))
    assert sending.may_send(taken, NOW + timedelta(minutes=5))
    assert not sending.may_send(sending.sent(taken, "ses-1", NOW), NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("state", "report", "becomes"),
    [
        ("sending", "sent", "sent"),
        ("sent", "delivered", "delivered"),
        ("sent", "bounced", "bounced"),
        ("delivered", "bounced", "bounced"),
        ("delivered", "sent", "delivered"),
        ("bounced", "delivered", "bounced"),
    ],
)
def test_reports_in_any_order_never_move_a_delivery_back(state, report, becomes):
    assert sending.heard(delivery(state), report, NOW, None, None).state == becomes


def test_a_delivery_is_found_by_its_tag():
    assert sending.from_tag(delivery().tag) == ("tkt_1", "msg_1", "reply")
    assert sending.from_tag("sgn_1") is None


def ticket_of(customer_id, **fields):
    return replace(Ticket("tkt_1", 1, "Board", "open", "email", customer_id, "en", NOW, NOW), **fields)


def test_a_number_in_the_subject_counts_for_who_takes_part():
    hers = Candidate(ticket_of("cus_alice"), "subject")
    another = Candidate(ticket_of("cus_charlie"), "subject")
    copied = Candidate(ticket_of("cus_charlie", cc=("a@x.org",)), "subject")

    assert match([hers], customer(EMAIL), "a@x.org", True).ticket == hers.ticket
    assert match([copied], customer(EMAIL), "a@x.org", True).ticket == copied.ticket
    assert match([another], customer(EMAIL), "a@x.org", True).linked_to == "tkt_1"
    assert match([hers], customer(EMAIL), "a@x.org", False).ticket is None


def test_a_reply_address_without_its_contact_is_an_unknown_sender():
    found = match([Candidate(ticket_of("cus_alice"), "reply-address")], customer(EMAIL), "c@x.org", True)

    assert found.ticket is not None
    assert found.unknown_sender


@pytest.mark.parametrize(
    ("subject", "number"), [("Re: My board [#2041]", 2041), ("[#12] x [#13]", 12), ("board #2041", None), ("[#]", None)]
)
def test_the_number_is_read_from_the_subject_as_our_mails_write_it(subject, number):
    assert number_in(subject) == number


@pytest.mark.parametrize(
    ("text", "locale"), [("تشقّق اللوح GH-88213", "ar"), ("My board", "en"), ("12345 !!", None), ("", None)]
)
def test_a_language_is_told_by_its_script(text, locale):
    assert locale_of(text) == locale


def test_the_first_language_we_speak_is_chosen():
    assert choose(None, "fr", "ar", "en") == "ar"
    assert choose(None, default="ar") == "ar"


def test_a_preview_is_one_short_line():
    assert preview("Hello\n\n  there ") == "Hello there"
    assert len(preview("x" * 500)) == 120


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("My board has split. Can it be saved?", "my-board-has-split-can-it-be-saved"),
        ("تشقّق اللوح", "tshqq-al-luh"),
        ("الدخول بلا كلمة سرّ", "al-dkhul-bla-klma-sr"),
        ("الجمارك والضريبة ٢٠٢٦", "al-jmark-wa-al-driba-2026"),
        ("قهوة؟ Café", "qhua-cafe"),
        ("日本", "art"),
        ("Café", "cafe"),
    ],
)
def test_slugs_are_latin(title, slug):
    assert slug_of(title, "art") == slug


def test_who_may_read_what():
    assert [may_read(v, "customers") for v in ("public", "customers", "agents")] == [True, True, False]


def test_our_own_door_vouches_for_who_speaks_for_the_customer_even_after_a_merge():
    vouched = Candidate(ticket_of("cus_merged_into_alice"), "api", proven=True)

    assert match([vouched], customer(EMAIL), "", True).ticket == vouched.ticket
