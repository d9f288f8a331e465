"""The demo world is data, so these tests are its only compiler: references hold, states agree with threads, and the
prose keeps the rules of both languages. What is easily missed: a ticket's status follows from who wrote last in public,
and notes never count."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.field_definition import Option as FieldOption
from chalicelib.domain.field_definition import wrong_option
from chalicelib.domain.macro import unknown
from chalicelib.domain.rating import ANSWERS
from chalicelib.domain.vote import REASONS
from infra.local.seed.draw_pictures import versions

WORLD = Path(__file__).parents[2] / "infra" / "local" / "seed" / "demo"
PICTURES = WORLD / "pictures"
DAYS_UNTIL_CLOSED = 7
ARABIC = r"[\u0621-\u064a\u064b-\u0652]"
LATIN_MARK_AFTER_ARABIC = re.compile(ARABIC + r"[»)\]…]*\s*[,;?]")
LOST_HAMZA = re.compile(
    rf"(?<!{ARABIC})[وف]?(?:الى|ان|انه|او|اذا|انت|اين|لان|اريد|احتاج|ارسل|اول|اخر|امس|اسبوع|إسم|هذة)(?!{ARABIC})"
)
CALLOUT = re.compile(r"^> \[!(?:NOTE|TIP|WARNING)\]\n> \S", re.MULTILINE)
PICTURE = re.compile(r"^!\[([^\]]+)\]\(\.\./\.\./pictures/([a-z.-]+)\)$", re.MULTILINE)
MARKDOWN_SIGNS = re.compile(r"!\[|\[!")
FICTIONAL_PHONE = re.compile(r"\+(216205550\d\d|336399801\d\d|4477009001\d\d|120255501\d\d)")
FICTIONAL_EMAIL = re.compile(r"[a-z.]+@example\.(org|com|net)")


def read(name: str) -> Any:
    return json.loads((WORLD / name).read_text(encoding="utf-8"))


SHOP, CATEGORIES, TEAMS, AGENTS, CUSTOMERS, FIELDS, ORGANIZATIONS, SYNONYMS = (
    read(f"{name}.json")
    for name in ("shop", "categories", "teams", "agents", "customers", "fields", "organizations", "synonyms")
)
BRANDING, MACROS, VOTES, NOTES, BLOCKED = (
    read(f"{name}.json") for name in ("branding", "macros", "votes", "customer_notes", "blocked_senders")
)
TICKETS = sorted(
    (ticket for path in WORLD.glob("tickets-*.json") for ticket in read(path.name)), key=lambda t: -t["hours_ago"]
)
ARTICLES = {
    path.parent.name: read(f"articles/{path.parent.name}/article.json") for path in WORLD.glob("articles/*/*.json")
}
BODIES = {
    (f, lang): (WORLD / "articles" / f / f"{lang}.md").read_text("utf-8") for f in ARTICLES for lang in ("en", "ar")
}


def keys(rows: list[dict[str, Any]]) -> set[str]:
    return {row["key"] for row in rows}


def public(ticket: dict[str, Any]) -> list[dict[str, Any]]:
    return [message for message in ticket["thread"] if not message["note"]]


def messages() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(ticket, message) for ticket in TICKETS for message in ticket["thread"]]


def shop_prose() -> list[str]:
    ours = [message["text"] for _, message in messages() if message["from"] != "customer"]
    drafts = [path.read_text("utf-8") for path in WORLD.glob("drafts/*/*.md")]
    told = [SHOP, CATEGORIES, TEAMS, FIELDS, BRANDING, MACROS]
    return [*BODIES.values(), *drafts, *ours, json.dumps(told, ensure_ascii=False)]


def all_prose() -> list[str]:
    theirs = [message["text"] for _, message in messages() if message["from"] == "customer"]
    return [*shop_prose(), *theirs, *(ticket["subject"] for ticket in TICKETS)]


def in_arabic(text: str) -> bool:
    return len(re.findall(ARABIC, text)) > len(re.findall("[A-Za-z]", text))


def test_the_world_has_the_promised_size() -> None:
    sizes = [len(rows) for rows in (CATEGORIES, ARTICLES, TEAMS, AGENTS, CUSTOMERS, TICKETS)]
    assert sizes == [8, 40, 3, 5, 31, 61]
    assert sum(customer["locale"] == "ar" for customer in CUSTOMERS) >= 12
    assert 22 <= sum(ticket["locale"] == "ar" for ticket in TICKETS) <= 28


def test_tickets_cover_every_channel_and_every_state() -> None:
    channels, states = (Counter(ticket[field] for ticket in TICKETS) for field in ("channel", "status"))
    assert set(channels) == {"email", "sms", "portal", "api"} and min(channels.values()) >= 6
    assert set(states) == {"new", "open", "pending", "on_hold", "solved", "closed"} and min(states.values()) >= 4
    assert {ticket["priority"] for ticket in TICKETS} == {"low", "normal", "high", "urgent"}
    lengths = {len(ticket["thread"]) for ticket in TICKETS}
    assert lengths == set(range(1, 9))
    assert sum(len({m["channel"] for m in public(t)} - {"api", "portal"}) == 2 for t in TICKETS) >= 2


def test_every_reference_leads_somewhere() -> None:
    agents = keys(AGENTS)
    assert all(set(agent["teams"]) <= keys(TEAMS) for agent in AGENTS)
    assert all(a["category"] in keys(CATEGORIES) and a["author"] in agents for a in ARTICLES.values())
    assert {article["category"] for article in ARTICLES.values()} == keys(CATEGORIES)
    assert {ticket["customer"] for ticket in TICKETS} == keys(CUSTOMERS)
    assert {ticket["team"] for ticket in TICKETS} == keys(TEAMS) | {None}
    assert {ticket["assignee"] for ticket in TICKETS} == agents | {None}
    assert {message["from"] for _, message in messages()} == agents | {"customer"}


def test_the_customers_of_an_organization_are_there_and_its_tickets_could_hold_each_option() -> None:
    assert {key for one in ORGANIZATIONS for key in one["customers"]} <= keys(CUSTOMERS)
    assert all(set(one["sees_all"]) < set(one["customers"]) for one in ORGANIZATIONS)
    for field in FIELDS:
        told = [FieldOption(**one) for one in field.get("options", ())]
        assert wrong_option(field["type"], told) is None and set(field["names"]) == {"en", "ar"}


def test_what_agents_and_readers_left_names_people_and_articles_that_are_there() -> None:
    agents, teams = keys(AGENTS), keys(TEAMS) | {None}
    assert {one["by"] for one in (*NOTES, *BLOCKED)} <= agents and {one["customer"] for one in NOTES} <= keys(CUSTOMERS)
    assert all(one.get("team") in teams and not unknown(text) for one in MACROS for text in one["texts"].values())
    assert all((one["article"], one["locale"]) in BODIES for one in VOTES)
    assert all(said["reason"] in REASONS for one in VOTES for said in one["said"])
    assert {ARTICLES[one["article"]]["visibility"] for one in VOTES} == {"public"}


def test_a_rating_follows_a_solved_ticket_and_came_before_now() -> None:
    rated = [ticket for ticket in TICKETS if "rating" in ticket]
    assert {ticket["rating"]["answer"] for ticket in rated} <= set(ANSWERS) and {t["locale"] for t in rated} == {
        "en",
        "ar",
    }
    for ticket in rated:
        assert ticket["status"] == "solved" and ticket["thread"][-1]["hours_ago"] - 1 > ticket["rating"]["hours_after"]


def test_what_the_announcement_and_the_foot_lead_to_is_there() -> None:
    for lang, places in BRANDING["links"].items():
        links = [*places["header"], *places["footer"], BRANDING["announcement"]["links"][lang]]
        slugs = {f"/{lang}/articles/{a['slug'][lang]}" for a in ARTICLES.values() if a["visibility"] == "public"}
        assert {link["url"] for link in links} <= slugs


def test_of_each_set_of_synonyms_the_articles_use_a_word() -> None:
    """A set of words that no article uses would find nothing; each word stands in one set of its language."""
    for one in SYNONYMS:
        written = " ".join(body for (_, lang), body in BODIES.items() if lang == one["locale"]).casefold()
        assert len(one["words"]) >= 2 and any(word.casefold() in written for word in one["words"]), one
    words = [(one["locale"], word) for one in SYNONYMS for word in one["words"]]
    assert len(words) == len(set(words))


def test_assignees_belong_to_the_team_of_their_ticket_or_run_the_shop() -> None:
    teams = {agent["key"]: agent["teams"] if agent["role"] == "agent" else list(keys(TEAMS)) for agent in AGENTS}
    assert [t["subject"] for t in TICKETS if t["assignee"] and t["team"] not in teams[t["assignee"]]] == []


def test_one_agent_is_the_admin_and_keys_slugs_and_orders_are_unique() -> None:
    assert Counter(agent["role"] for agent in AGENTS) == {"admin": 1, "agent": 4}
    orders = [purchase["order"] for customer in CUSTOMERS for purchase in customer["purchases"]]
    slugs = [a["slug"][lang] for a in ARTICLES.values() for lang in ("en", "ar")]
    slugs += [category["translations"][lang]["slug"] for category in CATEGORIES for lang in ("en", "ar")]
    contacts = [c[field] for c in CUSTOMERS for field in ("email", "phone", "external_id") if c[field]]
    for values in (orders, slugs, contacts, [agent["email"] for agent in AGENTS]):
        assert len(values) == len(set(values))
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


def test_customers_have_contacts_that_nobody_owns() -> None:
    assert all(customer["email"] or customer["phone"] for customer in CUSTOMERS)
    assert all(FICTIONAL_EMAIL.fullmatch(c["email"]) for c in CUSTOMERS if c["email"])
    assert all(FICTIONAL_PHONE.fullmatch(c["phone"]) for c in CUSTOMERS if c["phone"])
    assert all(re.fullmatch(r"[a-z]+@ghusn\.example", agent["email"]) for agent in AGENTS)


def test_a_customer_owns_the_contact_each_channel_needs() -> None:
    customers = {customer["key"]: customer for customer in CUSTOMERS}
    needed = {"email": "email", "sms": "phone"}
    for ticket, message in messages():
        contact = needed.get(message["channel"])
        assert contact is None or customers[ticket["customer"]][contact], ticket["subject"]


def test_orders_named_in_tickets_belong_to_their_customer_and_came_before() -> None:
    owners = {p["order"]: (c["key"], p["days_ago"] * 24) for c in CUSTOMERS for p in c["purchases"]}
    for ticket in TICKETS:
        for order in re.findall(r"GH-\d{5}", json.dumps(ticket)):
            if order in owners:
                owner, hours_ago = owners[order]
                assert owner == ticket["customer"] and hours_ago >= ticket["hours_ago"], ticket["subject"]


def test_times_in_a_thread_ascend_and_begin_with_the_ticket() -> None:
    for ticket in TICKETS:
        hours = [message["hours_ago"] for message in ticket["thread"]]
        assert hours[0] == ticket["hours_ago"] and hours[-1] > 0
        assert all(earlier > later for earlier, later in pairwise(hours)), ticket["subject"]
        assert ticket["thread"][0]["channel"] == ticket["channel"]


def test_no_two_tickets_begin_at_the_same_time_so_their_numbers_are_certain() -> None:
    assert len({ticket["hours_ago"] for ticket in TICKETS}) == len(TICKETS)


def test_the_tickets_of_the_mock_pages_get_their_own_numbers() -> None:
    numbers = {ticket["customer"]: SHOP["first_ticket_number"] + rank for rank, ticket in enumerate(TICKETS)}
    expected = {"leila-haddad": 2041, "dar-zaytoun": 2044, "karim-jaziri": 2033, "samir-ouali": 2019}
    assert {customer: numbers[customer] for customer in expected} == expected
    assert numbers["ingrid-vahl"] == 2037 and numbers["maren-holt"] == 2028 and numbers["yusra-qasim"] == 2011


def writer(message: dict[str, Any]) -> str:
    return "customer" if message["from"] == "customer" else "agent"


@pytest.mark.parametrize("ticket", TICKETS, ids=lambda t: t["subject"])
def test_the_status_follows_from_the_thread(ticket: dict[str, Any]) -> None:
    writers = [writer(message) for message in public(ticket)]
    newest = ticket["thread"][-1]["hours_ago"]
    assert {
        "new": set(writers) == {"customer"} and ticket["assignee"] is None,
        "open": writers[-1] == "customer" and (ticket["assignee"] is not None or "agent" in writers),
        "pending": writers[-1] == "agent",
        "on_hold": writers[-1] == "agent" and ticket["assignee"] is not None,
        "solved": "agent" in writers and newest < DAYS_UNTIL_CLOSED * 24,
        "closed": "agent" in writers and newest >= DAYS_UNTIL_CLOSED * 24,
    }[ticket["status"]]


def test_customers_begin_except_where_the_desk_does_and_never_write_notes() -> None:
    begun_by_desk = [ticket for ticket in TICKETS if ticket["thread"][0]["from"] != "customer"]
    assert 2 <= len(begun_by_desk) <= 3
    assert not any(message["note"] and message["from"] == "customer" for _, message in messages())
    assert not any(ticket["thread"][0]["note"] for ticket in TICKETS)
    assert sum(message["note"] for _, message in messages()) >= 10


def test_some_tickets_are_nobodys_and_some_have_waited_long() -> None:
    assert sum(ticket["assignee"] is None for ticket in TICKETS) >= 6
    waits = [public(t)[-1]["hours_ago"] for t in TICKETS if t["status"] in ("new", "open")]
    assert max(waits) >= 72 and min(waits) < 2


def test_each_ticket_is_written_in_its_own_language() -> None:
    for ticket in TICKETS:
        arabic = ticket["locale"] == "ar"
        assert in_arabic(ticket["subject"]) == arabic, ticket["subject"]
        assert all(in_arabic(message["text"]) == arabic for message in public(ticket)), ticket["subject"]


def test_articles_stand_in_both_languages_with_title_lede_headings_and_a_callout() -> None:
    for (folder, lang), body in BODIES.items():
        title, lede = body.split("\n\n")[:2]
        assert re.fullmatch(r"# .+", title) and lede[0] not in "#>-1!|" and in_arabic(body) == (lang == "ar"), folder
        assert body.count("\n## ") >= 2 and len(CALLOUT.findall(body)) == 1, (folder, lang)
        assert 120 <= len(body.split()) <= 400, (folder, lang)


def test_an_article_has_the_same_build_in_both_languages() -> None:
    def build(body: str) -> list[str]:
        return re.findall(r"^(?:#+|-|\d\.|> \[!\w+\]|>|\||!)(?=[ \n\[])", body, flags=re.MULTILINE)

    assert [f for f in ARTICLES if build(BODIES[f, "en"]) != build(BODIES[f, "ar"])] == []


def test_most_articles_are_for_everybody_some_for_customers_some_for_agents() -> None:
    assert Counter(a["visibility"] for a in ARTICLES.values()) == {"public": 34, "customers": 3, "agents": 3}


def test_links_in_articles_lead_to_public_articles_of_the_same_language() -> None:
    for (folder, lang), body in BODIES.items():
        readable = {a["slug"][lang] for a in ARTICLES.values() if a["visibility"] == "public"}
        for address in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", body):
            place = re.fullmatch(rf"/{lang}/articles/([a-z-]+)", address)
            assert place and place[1] in readable, (folder, address)


def test_every_public_article_is_led_to_by_another() -> None:
    linked = {(lang, slug) for (_, lang), body in BODIES.items() for slug in re.findall(r"/articles/([a-z-]+)\)", body)}
    public = {(lang, a["slug"][lang]) for a in ARTICLES.values() if a["visibility"] == "public" for lang in a["slug"]}
    assert public - linked == set()


def test_pictures_are_small_described_and_of_the_readers_language() -> None:
    shown = [(lang, *found) for (_, lang), body in BODIES.items() for found in PICTURE.findall(body)]
    assert {name for _, _, name in shown} == {path.name for path in PICTURES.glob("*.webp")}
    assert len({folder for (folder, _), body in BODIES.items() if PICTURE.search(body)}) >= 10
    for lang, description, name in shown:
        assert (PICTURES / name).stat().st_size < 40_000 and (PICTURES / name).read_bytes()[8:12] == b"WEBP"
        assert in_arabic(description) == (lang == "ar") and 20 < len(description) < 180, name
        assert name.removesuffix(".webp").partition(".")[2] in ("", lang), name


def test_each_picture_has_its_drawing() -> None:
    drawn = {name for drawing in PICTURES.glob("*.svg") for name in versions(drawing)}
    assert drawn == {path.name for path in PICTURES.glob("*.webp")}


def test_the_shop_speaks_both_languages() -> None:
    for name in ("name", "tagline", "address", "hours"):
        assert not in_arabic(SHOP[name]["en"]) and in_arabic(SHOP[name]["ar"])
    assert len(SHOP["often_asked"]) == 3
    pairs = [*SHOP["often_asked"], *(team["name"] for team in TEAMS)]
    pairs += [{lang: category["translations"][lang]["name"] for lang in ("en", "ar")} for category in CATEGORIES]
    assert all(in_arabic(pair["ar"]) and not in_arabic(pair["en"]) for pair in pairs)


def test_arabic_keeps_its_own_punctuation_and_its_hamzas() -> None:
    for text in all_prose():
        assert not LATIN_MARK_AFTER_ARABIC.search(text), LATIN_MARK_AFTER_ARABIC.search(text)
        assert not LOST_HAMZA.search(text), LOST_HAMZA.search(text)


def test_the_help_centre_marks_doubled_letters_always_in_the_words_that_are_often_without() -> None:
    bare = re.compile(rf"(?<!{ARABIC})[وفبل]?(?:ثم|حتى|كل|مرة|أيام|إلا|أول|مجانًا)(?!{ARABIC})")
    assert [found for (_, lang), body in BODIES.items() if lang == "ar" for found in bare.findall(body)] == []


def test_arabic_says_percent_in_words_because_a_sign_after_digits_jumps_to_their_left() -> None:
    """After an Arabic letter the bidi algorithm (UAX #9, rule W2) parts a percent sign from its number."""
    assert [text for text in all_prose() if in_arabic(text) and re.search(r"\d\s*%", text)] == []


def test_arabic_numbers_hold_together_because_parts_with_a_blank_between_swap_places() -> None:
    """Two numbers run from right to left, and a plus before one jumps behind it (UAX #9, rules N1 and W5)."""
    bodies = [body for (_, lang), body in BODIES.items() if lang == "ar"]
    assert [found for body in bodies for found in re.findall(r"\d \d+|\+\d+", body)] == []


def test_the_shop_never_shouts_and_never_says_sla() -> None:
    assert [
        text
        for text in shop_prose()
        if "!" in MARKDOWN_SIGNS.sub("", text) or re.search(r"\bSLA\b|valued customer|[Oo]ops", text)
    ] == []


def test_no_text_is_used_twice() -> None:
    texts = [message["text"] for _, message in messages()] + [ticket["subject"] for ticket in TICKETS]
    assert [text for text, times in Counter(texts).items() if times > 1] == []
