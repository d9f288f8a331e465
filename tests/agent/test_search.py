"""Finding tickets on the desk: by what they are called, by words, and by the filters that stand in the address."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

import pytest

from chalicelib import clock, ids
from chalicelib.actions import change_customer, change_ticket, erase_ticket, index_tickets, merge_tickets, send_reply
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.run_job import Watch
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import SYSTEM
from chalicelib.domain.message import Attachment
from chalicelib.search import tickets as index
from tests.agent.conftest import ALICE
from tests.agent.test_desk import numbers
from tests.search.playing_opensearch import playing

CHARLIE = Person("email", "charlie@elsewhere.net", "Charlie")


@pytest.fixture(params=["changed", "published"])
def settled(request):
    """Let what was written be searched: as what was just born, or out of the shards."""

    def settle():
        if request.param == "published":
            index_tickets.rebuild_missing()
            clock.shift(600)

    return settle


def look_for(desk, typed):
    """Type it into the search box of the inbox."""
    desk.go("/agent/tickets")
    form = desk.page.select_one("form.find")
    desk._load("GET", f"{form['action']}?{urlencode({form.input['name']: typed})}", b"")


def narrow(desk, **filters):
    """Fill in the filters of the page of results, and press the button."""
    form = desk.page.select_one("form.sieve")
    return desk.send_query(form["action"], **desk._fields(form) | filters)


def asked(desk):
    return dict(parse_qsl(desk.address.partition("?")[2], keep_blank_values=True))


def kept(desk):
    return [" ".join(one.select_one("span").get_text().split()) for one in desk.page.select(".kept .btn")]


def test_a_number_with_its_sign_leads_to_the_ticket(desk, ticket):
    look_for(desk, f"#{ticket.number}")

    assert desk.address == f"/agent/tickets/{ticket.number}"


@pytest.mark.parametrize("typed", ["{} ", "saved", "split board", "alice@example.org", "Alice"])
def test_a_ticket_is_found_by_number_words_and_customer(desk, ticket, typed):
    receive(Incoming("email", "Another matter", Person("email", "charlie@elsewhere.net", "Charlie")))
    look_for(desk, typed.format(ticket.number))

    assert numbers(desk) == [str(ticket.number)]
    assert "1 ticket, best match first" in desk.text


def test_what_was_found_is_marked_and_nothing_in_it_can_run(desk):
    receive(Incoming("email", "<script>x()</script> my bowl leaks", ALICE))
    look_for(desk, "bowl")

    assert str(desk.page.select_one(".grid .snip mark")) == "<mark>bowl</mark>"
    assert desk.page.select(".grid .snip script") == []


def test_the_search_box_keeps_what_was_typed_and_says_when_nothing_is_found(desk, ticket):
    look_for(desk, 'giraffe "<b>')

    assert desk.page.select_one("#q")["value"] == 'giraffe "<b>'
    assert "Nothing matches" in desk.text
    assert desk.page.select(".empty b") == []


def test_while_opensearch_is_down_the_desk_says_so_and_finds_a_number(desk, ticket, monkeypatch):
    with playing(monkeypatch) as server:
        server.broken = 503
        look_for(desk, "bowl")
        assert "The search doesn’t answer right now" in desk.text
        assert desk.page.select_one("#q")["value"] == "bowl"
        look_for(desk, str(ticket.number))
        assert numbers(desk) == [str(ticket.number)]


def test_a_long_list_of_hits_goes_on_on_the_next_page(desk):
    for count in range(27):
        receive(Incoming("email", f"Bowl {count}", ALICE))
    look_for(desk, "bowl")
    first = numbers(desk)
    second = numbers(desk.go(desk.page.select_one("a[rel=next]")["href"]))

    assert (len(first), len(second), set(first) & set(second)) == (25, 2, set())


def test_only_agents_search(browse):
    visitor = browse()
    visitor._load("GET", "/agent/tickets?q=bowl", b"")

    assert visitor.address.startswith("/agent/sign-in")


KNOWN_BY = (
    "#{number}", "{arabic}", "#{arabic}", "\u200f#{number}\u200e", "ALICE@Example.ORG ", "20 555 014", "٢٠ ٥٥٥ ٠١٤",
    "+216 20-555-014", "00216 20555014", "crm-7", "aliciana", "Zeitouna", "estimate", "crack_photo.jpg", "{id}",
)  # fmt: skip


def test_whatever_a_ticket_is_known_by_finds_it(desk, bob, settled):
    customer = customer_of(("email", "alice@example.org"), ("phone", "+21620555014"), ("external", "crm-7"))
    photo = Attachment(ids.new("att"), "crack_photo.jpg", "image/jpeg", 10, "files/1")
    ticket = receive(Incoming("email", "It has split.", customer_id=customer.id, attachments=(photo,))).ticket
    send_reply.reply(ticket.id, bob, Reply("Ask Zeitouna for an estimate.", visibility="internal"))
    receive(Incoming("email", "Another matter", CHARLIE))
    settled()
    arabic = "".join(chr(0x660 + int(digit)) for digit in str(ticket.number))

    for typed in KNOWN_BY:
        look_for(desk, typed.format(number=ticket.number, id=ticket.id, arabic=arabic))
        found = [desk.address.rpartition("/")[2]] if "?" not in desk.address else numbers(desk)
        assert found == [str(ticket.number)], typed


def customer_of(*contacts):
    wishes = [ContactWish(*contact) for contact in contacts]
    return change_customer.create({"name": "Aliciana"}, wishes, SYSTEM)


def test_the_names_of_pictures_in_a_mail_find_nothing(desk):
    picture = Attachment(ids.new("att"), "image001.png", "image/png", 10, "files/2", inline=True)
    receive(Incoming("email", "Hello", ALICE, attachments=(picture,)))
    look_for(desk, "image001")

    assert numbers(desk) == []


def test_a_merged_ticket_and_the_one_it_went_into_are_both_found(desk, ticket, settled):
    other = receive(Incoming("email", "The walnut bowl", ALICE, subject="A bowl")).ticket
    merge_tickets.merge(other.id, ticket.id, SYSTEM)
    settled()
    look_for(desk, "walnut")
    assert str(other.number) in numbers(desk)
    look_for(desk, "alice@example.org")
    assert set(numbers(desk)) == {str(ticket.number), str(other.number)}


def test_an_erased_customer_is_not_found_even_by_shards_that_were_published_before(desk, ticket):
    index_tickets.rebuild_missing()
    clock.shift(600)
    erase_ticket.erase(ticket.id, SYSTEM, "", Watch())
    index.forget()

    assert index.search("saved").total == 1
    for typed in ("saved", "alice", "alice@example.org", f"#{ticket.number}", str(ticket.number), ticket.id):
        look_for(desk, typed)
        assert numbers(desk) == [], typed


@pytest.mark.parametrize("status", ["solved", "undone"])
def test_hits_are_kept_to_a_status(desk, ticket, status, settled):
    other = receive(Incoming("email", "Another board", CHARLIE)).ticket
    change_ticket.change_ticket(other.id, {"status": "solved"}, SYSTEM)
    settled()
    look_for(desk, "board")
    assert len(numbers(desk)) == 2

    narrow(desk, status=status)
    assert numbers(desk) == [str(other.number if status == "solved" else ticket.number)]
    assert kept(desk) == ["Status: Solved" if status == "solved" else "Status: Not solved yet"]
    assert asked(desk)["status"] == status
    assert desk.page.select_one("#f-status option[selected]")["value"] == status


def test_hits_are_kept_to_channel_team_assignee_and_tag(desk, bob, workshop, ticket, settled):
    receive(Incoming("sms", "Another board", Person("phone", "+21620555014")))
    change_ticket.change_ticket(ticket.id, {"team_id": workshop.id, "assignee_id": bob.id, "tags": ["gift"]}, SYSTEM)
    settled()
    look_for(desk, "board")
    narrow(desk, channel="email", team=workshop.id, assignee=bob.id, tag=" gift ")

    assert numbers(desk) == [str(ticket.number)]
    assert kept(desk) == ["Channel: Email", "Team: Workshop", "Assignee: Bob", "Tag: gift"]
    for filters in ({"channel": "chat"}, {"team": "none"}, {"assignee": "none"}, {"tag": "oil"}):
        look_for(desk, "board")
        assert str(ticket.number) not in numbers(narrow(desk, **filters)), filters


def test_hits_are_kept_to_days_of_the_shops_clock(desk, ticket, settled):
    """Tunis is an hour ahead of UTC: what came at 23:30 there came on that day here, too."""
    settled()
    look_for(desk, "board")
    day = (ticket.created_at + timedelta(hours=1)).date()
    shown = {}
    for name, since, until in (("that day", 0, 0), ("before", -9, -1), ("after", 1, 9)):
        days = {"since": f"{day + timedelta(days=since)}", "until": f"{day + timedelta(days=until)}"}
        shown[name] = numbers(narrow(desk, **days))
        assert len(kept(desk)) == 2

    assert shown == {"that day": [str(ticket.number)], "before": [], "after": []}


def test_a_customer_is_named_by_a_contact_and_stands_in_the_address_by_his_id(desk, ticket, settled):
    receive(Incoming("email", "My board too", CHARLIE))
    settled()
    look_for(desk, "board")
    narrow(desk, customer="Alice@Example.org")

    assert asked(desk) == {"q": "board", "customer": ticket.customer_id}
    assert (numbers(desk), kept(desk)) == ([str(ticket.number)], ["Customer: Alice"])
    assert "alice@example.org" not in desk.address
    narrow(desk, q="saved")
    assert asked(desk) == {"q": "saved", "customer": ticket.customer_id}


def test_a_customers_tickets_are_searched_from_his_page(desk, ticket):
    receive(Incoming("email", "My board too", CHARLIE))
    desk.go(f"/agent/customers/{ticket.customer_id}?view=tickets")
    form = desk.page.select_one("form.find")
    desk.send_query(form["action"], **desk._fields(form) | {"q": "board"})

    assert (numbers(desk), kept(desk)) == ([str(ticket.number)], ["Customer: Alice"])


def test_a_customer_who_is_not_known_is_said_to_be_so(desk, ticket):
    look_for(desk, "board")
    narrow(desk, customer="nobody@example.org", status="new")

    assert desk.errors == ["customer"]
    assert numbers(desk) == []
    assert desk.page.select_one("#f-customer")["value"] == "nobody@example.org"
    assert desk.page.select_one("details.filters").has_attr("open")
    assert asked(desk)["status"] == "new"


def test_each_filter_is_removed_by_itself_and_all_at_once(desk, ticket):
    look_for(desk, "board")
    narrow(desk, channel="email", status="new", tag="oil")
    assert numbers(desk) == []
    assert "with these filters" in desk.text
    desk.go(desk.page.select(".kept .btn")[-1]["href"])

    assert asked(desk) == {"q": "board", "channel": "email", "status": "new"}
    assert numbers(desk) == [str(ticket.number)]
    desk.go(desk.page.select(".kept a")[-1]["href"])
    assert asked(desk) == {"q": "board"}


def test_a_search_by_filters_that_nobody_could_mean_says_so_and_goes_on_without_them(desk, ticket):
    nonsense = dict.fromkeys(("status", "channel", "team", "assignee", "since", "until"), "<b>")
    days = [{"since": day} for day in ("9999-12-31", "0001-01-01", "2026-02-30", "yesterday", "x" * 500)]
    for wrong in (nonsense, {"team": "team_deleted"}, *days):
        desk._load("GET", f"/agent/tickets?{urlencode({'q': 'board', 'tag': '', 'channel': 'email', **wrong})}", b"")
        assert numbers(desk) == [] and "This address asks for something unknown" in desk.text, wrong
        assert [next(iter(wrong.values()))[:100] in one.text for one in desk.page.select(".empty .tag")] == [
            True
        ] * len(wrong)

    desk.go(desk.page.select_one(".empty .btn")["href"])
    assert (numbers(desk), kept(desk)) == ([str(ticket.number)], ["Channel: Email"])


def test_filters_without_words_are_kept_and_words_asked_for(desk, ticket):
    for blank in ("", "%20", "%E2%80%8F"):
        desk.go(f"/agent/tickets?q={blank}&status=&channel=email")
        assert numbers(desk) == [] and "What are you looking for?" in desk.text

    narrow(desk, q="board")
    assert (numbers(desk), kept(desk)) == ([str(ticket.number)], ["Channel: Email"])


def test_a_page_past_the_last_leads_to_the_last(desk, ticket):
    receive(Incoming("sms", "Another board", Person("phone", "+21620555014")))
    desk.go("/agent/tickets?q=board&channel=email&page=3")

    assert asked(desk) == {"q": "board", "channel": "email", "page": "1"}
    assert numbers(desk) == [str(ticket.number)]


def test_a_day_may_be_typed_in_arabic_digits(desk, ticket):
    desk._load("GET", f"/agent/tickets?{urlencode({'q': 'board', 'until': '٢٠٠١-٠١-٣١'})}", b"")

    assert (numbers(desk), kept(desk)) == ([], ["Begun until: 31 January 2001"])


def test_the_next_page_keeps_the_filters(desk):
    for count in range(27):
        receive(Incoming("email", f"Bowl {count}", ALICE))
    look_for(desk, "bowl")
    narrow(desk, channel="email", status="new")
    first = numbers(desk)
    second = numbers(desk.go(desk.page.select_one("a[rel=next]")["href"]))

    assert asked(desk) == {"q": "bowl", "channel": "email", "status": "new", "page": "2"}
    assert (len(first), len(second), set(first) & set(second)) == (25, 2, set())


def test_the_filters_are_written_in_arabic(desk, ticket):
    desk.go("/agent/tickets").send("/agent/language", button="ar")
    desk.go("/agent/tickets?q=board&status=undone&channel=email")

    assert kept(desk) == ["الحالة: لم تُحلّ بعد", "القناة: بريد"]
