"""Finding tickets by the API: by what they are called, by what was said, in pages, and only for those who may."""

import pytest

from chalicelib import clock
from chalicelib.actions import index_tickets
from tests.actions.conftest import run  # noqa: F401
from tests.api.conftest import new_ticket
from tests.search.playing_opensearch import playing
from tests.search.samples import HOSTILE


def open_ticket(api, subject="A question", text="Hello", email="alice@example.org", **fields):
    customer = fields.pop("customer", {"email": email, "name": email.partition("@")[0].title()})
    body = new_ticket(subject=subject, message={"text": text}, customer=customer, **fields)
    return api.post("/v1/tickets", body).json


def search(api, q, **query):
    return api.get("/v1/search/tickets", q=q, **query).json


def found(api, q, **query):
    return [hit["ticket"]["id"] for hit in search(api, q, **query)["data"]]


@pytest.fixture(params=["changed", "published"])
def settled(request, api, run):  # noqa: F811
    """Let what was written be searched: as what changed since the last publication, or out of the shards."""

    def settle():
        run()
        clock.shift(600)
        if request.param == "published":
            assert index_tickets.publish() == 0

    return settle


def test_a_hit_shows_the_ticket_and_where_the_words_stand(api, settled):
    ticket = open_ticket(api, "My board has split", "It is <b>olive</b> wood & old.")
    settled()

    page = search(api, "olive")

    assert page["total"] == 1 and page["has_more"] is False and page["did_you_mean"] is None
    hit = page["data"][0]
    assert hit["ticket"] == api.get(f"/v1/tickets/{ticket['id']}").json
    assert hit["snippet"] == "It is &lt;b&gt;<mark>olive</mark>&lt;/b&gt; wood &amp; old."
    assert hit["score"] > 0


def test_words_of_an_earlier_message_are_shown_too(api, settled):
    ticket = open_ticket(api, text="The walnut bowl leaks.")
    api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Oil it."})
    settled()

    assert search(api, "walnut")["data"][0]["snippet"] == "The <mark>walnut</mark> bowl leaks."


def test_every_word_must_be_there_and_any_will_do_if_no_ticket_holds_all(api, settled):
    both = open_ticket(api, text="The red bowl")
    red = open_ticket(api, text="The red spoon")
    settled()

    assert found(api, "red bowl") == [both["id"]]
    assert set(found(api, "red giraffe")) == {both["id"], red["id"]}
    assert found(api, "giraffe") == []


def test_arabic_and_english_words_are_found_in_whatever_form(api, settled):
    ticket = open_ticket(api, "لوح من خشب الزيتون", "My olive board split.")
    open_ticket(api, "Another matter", email="charlie@example.org")
    settled()

    for query in ("زيتون", "الزيتون", "زَيْتُون", "بالزيتون", "خشب الزيتون", "olive boards", "OLIVE", "splitting"):
        assert found(api, query) == [ticket["id"]], query


def test_a_misspelt_word_is_mended(api, settled, run):  # noqa: F811
    open_ticket(api, text="The parquet is scratched")
    run()
    clock.shift(600)
    index_tickets.publish()
    ticket = open_ticket(api, text="A parquet of oak")
    settled()

    page = search(api, "oak parqet")

    assert page["did_you_mean"] == "oak parquet"
    assert [hit["ticket"]["id"] for hit in page["data"]] == [ticket["id"]]


@pytest.mark.parametrize("typed", ["#{number}", "{number}", " # {number} ", "{id}"])
def test_a_ticket_is_found_first_by_its_number_and_id(api, settled, typed):
    wanted = open_ticket(api)
    settled()
    mention = open_ticket(api, f"About {wanted['number']}", email="charlie@example.org")
    query = typed.format(**wanted)

    hits = found(api, query)

    assert hits[0] == wanted["id"]
    assert set(hits) <= {wanted["id"], mention["id"]}


def test_a_number_is_found_in_arabic_digits(api, settled):
    wanted = open_ticket(api)
    settled()

    assert found(api, "".join(chr(0x660 + int(digit)) for digit in str(wanted["number"]))) == [wanted["id"]]


@pytest.mark.parametrize("typed", ["Alice@Example.org ", "+216 20 555 014", "20555014", "crm-7"])
def test_a_customers_tickets_are_found_first_by_his_contacts(api, settled, typed):
    body = {"name": "Alice", "email": "alice@example.org", "phone": "+21620555014", "external_id": "crm-7"}
    customer = api.post("/v1/customers", body).json
    first, second = (open_ticket(api, customer={"id": customer["id"]}) for _ in range(2))
    mention = open_ticket(api, text=f"I write for {typed}", email="charlie@example.org")
    settled()

    hits = search(api, typed)

    listed = [hit["ticket"]["id"] for hit in hits["data"]]
    assert listed[:2] == [second["id"], first["id"]]
    assert set(listed[2:]) <= {mention["id"]}
    assert hits["total"] == len(listed)


def test_a_tickets_external_id_brings_it_to_the_top(api, settled):
    others = [open_ticket(api, f"GH GH GH 83 11 {n}") for n in range(3)]
    wanted = open_ticket(api, external_id="GH-83/11")
    settled()

    hits = found(api, "gh-83/11")

    assert hits[0] == wanted["id"]
    assert set(hits[1:]) == {one["id"] for one in others}


@pytest.mark.parametrize("query", ["Alice", "example.org", "vip"])
def test_names_contacts_and_tags_are_found(api, settled, query):
    ticket = open_ticket(api, tags=["vip"])
    open_ticket(api, email="charlie@elsewhere.net")
    settled()

    assert found(api, query) == [ticket["id"]]


def test_filters_hold_and_count(api, bob, team, settled):
    plain = open_ticket(api, text="bowl", email="charlie@example.org")
    taken = open_ticket(api, text="bowl", team_id=team.id)
    api.patch(f"/v1/tickets/{taken['id']}", {"assignee_id": bob.id, "status": "pending"})
    settled()

    assert found(api, "bowl", team_id=team.id) == [taken["id"]]
    assert found(api, "bowl", team_id="none") == [plain["id"]]
    assert found(api, "bowl", assignee_id=bob.id) == found(api, "bowl", status="pending,solved") == [taken["id"]]
    assert found(api, "bowl", customer_id=plain["customer_id"]) == [plain["id"]]
    assert search(api, "bowl", assignee_id="none")["total"] == 1
    assert found(api, "bowl", assignee_id="none", team_id=team.id) == []
    assert found(api, f"#{taken['number']}", status="new") == []
    assert found(api, "charlie@example.org", assignee_id=bob.id) == []


def test_hits_can_be_kept_to_a_span_of_time(api, settled):
    first = open_ticket(api, text="bowl")
    clock.shift(40 * 86_400)
    second = open_ticket(api, text="bowl")
    settled()

    assert found(api, "bowl", created_after=second["created_at"]) == [second["id"]]
    assert found(api, "bowl", created_before=second["created_at"]) == [first["id"]]
    assert found(api, "bowl", created_after=first["created_at"], created_before=second["created_at"]) == [first["id"]]
    assert search(api, "bowl", created_after="2001-01-01T00:00:00+01:00")["total"] == 2
    assert found(api, f"#{second['number']}", created_before=second["created_at"]) == []
    assert found(api, "alice@example.org", created_after=second["created_at"]) == [second["id"]]


@pytest.mark.parametrize("end", ["created_after", "created_before"])
def test_a_day_without_a_time_is_refused(api, end):
    assert api.get("/v1/search/tickets", q="bowl", **{end: "2026-11-22"}).json["errors"][0]["pointer"] == f"/{end}"


def test_pages_show_every_hit_once(api, settled):
    tickets = {open_ticket(api, text="The bowl " + "of wood " * n)["id"] for n in range(7)}
    settled()

    listed, page = [], search(api, "bowl", limit=3)
    while True:
        listed += [hit["ticket"]["id"] for hit in page["data"]]
        assert page["total"] == 7
        if not page["has_more"]:
            break
        page = search(api, "bowl", limit=3, cursor=page["next_cursor"])

    assert len(listed) == 7 and set(listed) == tickets


def test_pages_go_on_from_those_that_are_called_so(api, settled):
    own = [open_ticket(api, text="bowl")["id"] for _ in range(3)]
    mentions = {open_ticket(api, text="of alice@example.org", email="charlie@example.org")["id"] for _ in range(2)}
    settled()

    pages = api.walk("/v1/search/tickets", q="alice@example.org", limit=2)

    listed = [hit["ticket"]["id"] for hit in pages]
    assert listed[:3] == own[::-1]
    assert len(listed) == 5 and set(listed[3:]) == mentions


def test_a_cursor_of_another_search_is_refused(api, settled):
    for _ in range(3):
        open_ticket(api, text="bowl")
    settled()
    cursor = search(api, "bowl", limit=1)["next_cursor"]

    assert api.get("/v1/search/tickets", q="board", limit=1, cursor=cursor).code == "invalid-cursor"


def test_nothing_a_person_types_breaks_the_search(api, settled):
    open_ticket(api, text="order")
    settled()

    for name, typed in HOSTILE.items():
        answer = api.get("/v1/search/tickets", q=typed.encode("utf-8", "surrogatepass"))
        assert answer.status in (200, 400), name
        assert answer.status == 200 or len(typed) > 1000 or "\ud800" in typed, name


def test_only_who_may_read_tickets_may_search_them(key):
    assert key("articles:read").get("/v1/search/tickets", q="x").code == "missing-scope"
    assert key("tickets:read").get("/v1/search/tickets", q="x").status == 200
    assert key("tickets:read").get("/v1/search/tickets").faults == {"/q": "required"}


def test_while_opensearch_is_down_the_api_says_so_and_finds_what_is_called_so(api, run, monkeypatch):  # noqa: F811
    ticket = open_ticket(api, "My board has split")
    run()
    with playing(monkeypatch) as server:
        server.broken = 503
        answer = api.get("/v1/search/tickets", q="board")

        assert (answer.status, answer.json["code"]) == (503, "unavailable")
        assert found(api, f"#{ticket['number']}") == found(api, "alice@example.org") == [ticket["id"]]


def test_hits_can_be_kept_to_a_channel_and_a_tag(api, settled):
    tagged = open_ticket(api, text="bowl", tags=["gift", "oil"])
    plain = open_ticket(api, text="bowl")
    settled()

    assert found(api, "bowl", tag="oil") == [tagged["id"]]
    assert set(found(api, "bowl", channel=plain["channel"])) == {tagged["id"], plain["id"]}
    assert found(api, "bowl", channel="sms") == found(api, "bowl", tag="wax") == []
    assert api.get("/v1/search/tickets", q="bowl", channel="pigeon").status == 400
