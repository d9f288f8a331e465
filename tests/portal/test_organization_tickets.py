"""The tickets of an organization, for whom it granted to follow them: page by page, and never those of who left."""

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from pynamodb.exceptions import UpdateError

from bench.counted import counting
from chalicelib import clock
from chalicelib.actions import change_customer, change_organization, find_organization_tickets, merge_customers
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.domain.event import SYSTEM
from chalicelib.portal import my_tickets
from chalicelib.store import customers, keys, organization_tickets
from chalicelib.store.table import MemberRow, Row

ALICE, CHARLIE, NOUR = "alice@example.org", "charlie@example.org", "nour@zitouna.example"
HERE = "/en/tickets?show=organization"


@pytest.fixture
def house(browse):
    """Nour may follow its tickets."""
    made = change_organization.create({"name": "Dar Zitouna"})
    joins(NOUR, made, sees_organization=True)
    return made


def joins(email, house, **fields):
    named = {"name": email.partition("@")[0].title(), "organization_id": house.id, **fields}
    return change_customer.create(named, [ContactWish("email", email)], SYSTEM)


def moves(email, house, **fields):
    change_customer.change(customer(email).id, {"organization_id": house and house.id, **fields}, None, SYSTEM)


def customer(email):
    return customers.by_contact("email", email)


def write(subject, email=ALICE):
    name = email.partition("@")[0].title()
    return receive(Incoming("email", "Words.", Person("email", email, name), subject=subject)).ticket


def subjects(browser):
    return [one.get_text() for one in browser.page.select(".rows .subject")]


def walked(browser):
    shown, address = [], HERE
    while address:
        shown.append(subjects(browser.go(address)))
        onwards = browser.page.select_one("main a[rel=next]")
        address = onwards["href"] if onwards else ""
    return shown


def test_its_tickets_are_turned_page_by_page_the_newest_first(browse, house, monkeypatch):
    monkeypatch.setattr(my_tickets, "PAGE", 2)
    joins(ALICE, house)
    for number in range(5):
        write(f"Ticket {number}", NOUR if number % 2 else ALICE)

    assert walked(browse(NOUR)) == [["Ticket 4", "Ticket 3"], ["Ticket 2", "Ticket 1"], ["Ticket 0"]]


def test_a_page_asks_as_much_of_the_table_of_thirty_members_as_of_three(house):
    asked = {}
    for members in (3, 30):
        for number in range(members):
            email = f"m{members}-{number}@zitouna.example"
            joins(email, house), write(f"From {email}", email)
        with counting() as asked[members]:
            found = find_organization_tickets.page(house, 20)
    assert len(found.tickets) == 20 and found.after
    assert asked[3].calls == asked[30].calls == 4


def test_what_somebody_wrote_before_he_joined_is_there_and_gone_once_he_leaves(browse, house):
    write("Before"), write("Of somebody else", CHARLIE)
    moves(ALICE, house)
    write("After")
    browser = browse(NOUR)
    assert subjects(browser.go(HERE)) == ["After", "Before"]

    moves(ALICE, None)
    write("Later")
    assert subjects(browser.go(HERE)) == []
    moves(ALICE, house)
    assert subjects(browser.go(HERE)) == ["Later", "After", "Before"]


def test_what_was_being_opened_while_its_writer_joined_and_somebody_looked_is_there_after_the_night(
    browse, house, monkeypatch
):
    write("Older")
    browser, add = browse(NOUR), organization_tickets.add

    def slowly(change, ticket, writer):
        add(change, ticket, writer)
        if writer.organization_id is None:
            moves(ALICE, house)
            assert subjects(browser.go(HERE)) == ["Older"]

    monkeypatch.setattr(organization_tickets, "add", slowly)
    write("Meanwhile")
    find_organization_tickets.list_all()
    assert subjects(browser.go(HERE)) == ["Meanwhile", "Older"]


def test_who_joined_moments_before_the_night_is_looked_at_in_the_next_one_again_and_then_no_more(house, monkeypatch):
    write("Before"), moves(ALICE, house)
    find_organization_tickets.page(house, 20)
    find_organization_tickets.list_all()
    assert [one.customer_id for one in organization_tickets.unlisted(None)] == [customer(ALICE).id]

    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    find_organization_tickets.list_all()
    assert organization_tickets.unlisted(None) == []


def test_a_member_whom_the_table_could_not_mark_as_listed_stays_one_to_be_listed(house, monkeypatch):
    write("Before"), moves(ALICE, house)

    def refused(*_, **__):
        raise UpdateError("refused", cause=ClientError({"Error": {"Code": "AccessDeniedException"}}, "UpdateItem"))

    with monkeypatch.context() as broken, pytest.raises(UpdateError):
        broken.setattr(MemberRow, "update", refused)
        find_organization_tickets.list_all()
    assert len(organization_tickets.unlisted(house.id)) == 1


def test_tickets_of_who_left_do_not_hide_those_of_who_stayed(browse, house, monkeypatch):
    monkeypatch.setattr(find_organization_tickets, "_PIECE", 2)
    joins(ALICE, house), write("Oldest", NOUR)
    for number in range(9):
        write(f"Alice's {number}")
    moves(ALICE, None)

    assert [one for page in walked(browse(NOUR)) for one in page] == ["Oldest"]


def test_who_stands_for_another_brings_his_tickets_and_takes_them_along(browse, house):
    joins(ALICE, house), write("Alice's"), write("Of her other address", "alice@home.example")
    browser, other = browse(NOUR), customer("alice@home.example")
    merge_customers.merge(other.id, customer(ALICE).id, SYSTEM)
    assert subjects(browser.go(HERE)) == ["Of her other address", "Alice's"]

    merge_customers.unmerge(other.id, SYSTEM)
    assert subjects(browser.go(HERE)) == ["Alice's"]


def test_a_grant_taken_back_ends_it_on_the_next_page_too(browse, house, monkeypatch):
    monkeypatch.setattr(my_tickets, "PAGE", 1)
    joins(ALICE, house), write("One"), write("Two")
    browser = browse(NOUR).go(HERE)
    onwards = browser.page.select_one("main a[rel=next]")["href"]
    assert subjects(browser.go(onwards)) == ["One"]

    moves(NOUR, house, sees_organization=False)
    assert subjects(browser.go(onwards)) == [] and "Dar Zitouna" not in browser.text


def test_charlie_sees_nothing_of_it_by_the_address_of_another_ones_page(browse, house, monkeypatch):
    monkeypatch.setattr(my_tickets, "PAGE", 1)
    joins(CHARLIE, change_organization.create({"name": "Elsewhere"}), sees_organization=True)
    joins(ALICE, house), write("One"), write("Two"), write("Charlie's own", CHARLIE)
    onwards = browse(NOUR).go(HERE).page.select_one("main a[rel=next]")["href"]

    assert subjects(browse(CHARLIE).go(onwards)) == ["Charlie's own"]
    assert subjects(browse(CHARLIE).go(f"{HERE}&after=junk")) == ["Charlie's own"]


def test_at_night_what_members_wrote_before_is_listed_for_those_whom_nobody_looked_at(house):
    write("Before")
    moves(ALICE, house)
    find_organization_tickets.list_all()
    with counting() as asked:
        found = find_organization_tickets.page(house, 20)

    assert [one.subject for one in found.tickets] == ["Before"] and asked.calls == 4


def test_members_of_an_earlier_diwan_are_listed_at_night_as_well(house):
    member = joins(ALICE, house)
    write("Before")
    for row in Row.query(f"ORGANIZATION#{house.id}", Row.sk.startswith("TICKET#")):
        row.delete()
    MemberRow(keys.member(house.id, member.id)).update([MemberRow.lists_tickets.remove()])
    assert find_organization_tickets.page(house, 20).tickets == []

    find_organization_tickets.list_all()
    assert len(find_organization_tickets.page(house, 20).tickets) == 1
    assert organization_tickets.former_members(house.id) == []
