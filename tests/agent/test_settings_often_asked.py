"""The questions under the search box of the home page: written, ordered, removed by one form without a script."""

import pytest

from chalicelib.actions import change_settings
from chalicelib.store import shop

HERE = "/agent/settings/often-asked"
ASKED = (
    {"en": "Where is my parcel?", "ar": "أين طردي؟"},
    {"en": "Which oil?"},
    {"ar": "كم تكلفة الشحن؟"},
)


@pytest.fixture
def admin(boss):
    change_settings.change({"often_asked": ASKED})
    return boss


def asked():
    return list(shop.load().often_asked)


def send(browser, **fields):
    """The form as it stands, with what is typed, and with the button that is pressed or what the script adds."""
    known = {one["name"]: one["value"] for one in browser.page.select("#form input")}
    return browser.post(HERE, **known | fields)


def test_questions_are_written_and_stand_on_the_home_page(boss, browse):
    boss.go(HERE)
    send(boss, often_asked_0_en="Where is my parcel?", often_asked_0_ar="أين طردي؟")
    send(boss, often_asked_1_en=" Which oil? ")
    assert "Saved." in boss.text
    assert asked() == [{"en": "Where is my parcel?", "ar": "أين طردي؟"}, {"en": "Which oil?"}]

    words = [link.text for link in browse().go("/en/").page.select(".often a")]
    assert words == ["Where is my parcel?", "Which oil?"]
    assert [link.text for link in browse().go("/ar/").page.select(".often a")] == ["أين طردي؟"]


@pytest.mark.parametrize(
    ("wish", "order"),
    [
        ({"move": "up:2"}, [0, 2, 1]),
        ({"move": "down:0"}, [1, 0, 2]),
        ({"move": "behind:2:"}, [2, 0, 1]),
        ({"move": "behind:0:2"}, [1, 2, 0]),
        ({"move": "up:0"}, [0, 1, 2]),
        ({"move": "up:9"}, [0, 1, 2]),
        ({"remove": "1"}, [0, 2]),
    ],
    ids=["up", "down", "to the beginning", "dragged", "at the end", "nothing", "removed"],
)
def test_they_are_moved_and_removed(admin, wish, order):
    send(admin.go(HERE), **wish)

    assert asked() == [ASKED[at] for at in order]


def test_what_was_typed_is_saved_with_a_move(admin):
    send(admin.go(HERE), move="up:1", often_asked_1_en="Which oil, and how often?")

    assert asked()[:2] == [{"en": "Which oil, and how often?"}, ASKED[0]]


def test_one_without_words_goes_and_six_are_the_most(admin):
    send(admin.go(HERE), often_asked_0_en="", often_asked_0_ar="")
    assert asked() == list(ASKED[1:])

    send(admin, **{f"often_asked_{at}_en": f"Question {at}" for at in range(9)})
    assert len(asked()) == 6
    assert len(admin.page.select("#form li")) == 6


def test_one_that_is_too_long_is_told_beside_its_field(admin):
    send(admin.go(HERE), often_asked_1_ar="x" * 61)

    assert (admin.status, admin.errors) == (422, ["often_asked_1_ar"])
    assert asked() == list(ASKED)


def test_nothing_is_put_in_place_of_what_somebody_else_saved(admin):
    admin.go(HERE)
    change_settings.change({"often_asked": ASKED[:1]})
    send(admin, often_asked_0_en="Mine")

    assert "Somebody else changed the settings meanwhile." in admin.text
    assert asked() == [ASKED[0]]


def test_a_form_that_arrives_without_its_fields_takes_nothing_away(admin):
    admin.go(HERE)
    admin.post(HERE, csrf=admin.page.select_one("#form [name=csrf]")["value"])

    assert "Somebody else changed the settings meanwhile." in admin.text
    assert asked() == list(ASKED)


def test_questions_without_words_are_none_whoever_sets_them(cloud):
    change_settings.change({"often_asked": ({}, {"en": " ", "ar": ""}, {"en": " Which oil? ", "ar": ""})})

    assert asked() == [{"en": "Which oil?"}]


def test_only_admins_see_it(desk):
    assert desk.go(HERE).address == "/agent/settings"
