"""What only a real browser shows: the whole road without a script, the keyboard, and the comforts scripts add."""

import functools
import re

import pytest
from playwright.sync_api import expect

from chalicelib.channels import sms_text
from tests.browser.conftest import follow

ALICE = "alice@example.net"


def test_a_question_asked_in_arabic_without_scripts_is_answered_and_read(open_page, product):
    customer = open_page(scripts=False, width=390)
    customer.goto("/ar/tickets/new")
    customer.fill("#subject", "أين طردي؟")
    customer.fill("#text", "السلام عليكم\nلم يصل شيء")
    customer.fill("#email", ALICE)
    customer.fill("#name", "ليلى")
    follow(customer, "#form .btn.main")
    number = re.search(r"#(\d+)", customer.inner_text(".lede"))[1]

    agent = open_page(scripts=False, email=product.info["agent_email"], role="agent")
    agent.goto("/agent/tickets?view=unassigned")
    follow(agent, f'a[href="/agent/tickets/{number}"]')
    agent.fill("#text", "يصل غدًا.")
    follow(agent, ".for-reply footer button:not([name])")
    assert agent.locator(".msg").last.inner_text().count("يصل غدًا.") == 1

    product.settle()
    mails = [one for one in product.local("GET", "outbox")["emails"] if ALICE in one["to"]]
    assert len(mails) == 2
    reader = open_page(scripts=False, email=ALICE)
    reader.goto(f"/ar/tickets/{number}")
    assert reader.locator(".msg").all_inner_texts()[-1].count("يصل غدًا.") == 1
    follow(reader, "main aside .btn")
    assert reader.locator(".pill").get_attribute("data-s") == "solved"


def test_the_first_key_leads_past_the_head_of_the_page(open_page):
    page = open_page()
    page.goto("/en/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_the_search_is_used_with_the_keyboard_alone(open_page):
    page = open_page()
    page.goto("/en/")
    page.keyboard.press("/")
    page.keyboard.type("board split")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search?q=board+split")

    assert page.locator("ol h2").count() > 0


def test_a_focused_field_has_a_ring(open_page):
    page = open_page()
    page.goto("/en/sign-in")
    page.focus("#email")

    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_after_a_mistake_the_reader_starts_at_what_is_wrong(open_page):
    page = open_page(scripts=False)
    page.goto("/en/tickets/new")
    follow(page, "#form .btn.main")

    assert page.title().startswith("Error: ")
    assert page.locator("[role=alert]:focus").count() == 1
    page.click("[role=alert] a >> nth=0")
    assert page.locator("#subject:focus").count() == 1


def test_reply_and_note_keep_a_draft_each(open_page, product):
    page = open_page(email=product.info["agent_email"], role="agent")
    page.goto("/agent/tickets?view=open")
    follow(page, ".grid .subject a")
    page.fill("#text", "to the customer")
    page.click(".modes label >> nth=1")
    assert not page.is_visible("#text")
    page.fill("#note", "among us")
    page.click(".modes label >> nth=0")

    assert page.input_value("#text") == "to the customer"
    assert not page.is_visible("#note")


def test_control_enter_sends_once(open_page, product):
    page = open_page(email=ALICE)
    page.goto("/en/tickets/new")
    page.fill("#subject", "Twice")
    page.fill("#text", "Only once, though.")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/tickets/sent")
    page.goto("/en/tickets")

    assert page.locator(".subject", has_text="Twice").count() == 1


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize(("address", "scripts"), [("/en/", True), ("/en/sign-in", False)])
def test_the_theme_button_offers_the_other_theme(open_page, system, address, scripts):
    """Home is one page for everybody: there a script gives it the theme that was chosen, where it stands."""
    page = open_page(scripts=scripts, theme=system)
    page.goto(address)
    other = {"light": "dark", "dark": "light"}[system]
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    choose = page.click if scripts else functools.partial(follow, page)
    choose(f"nav button.to-{other}")

    expect(page.locator(f"nav button.to-{other}").first).not_to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_an_english_page_fetches_no_arabic_headings(open_page):
    page = open_page()
    fetched = []
    page.on("response", lambda answer: fetched.append(answer.url) if answer.url.endswith(".woff2") else None)
    page.goto("/en/sign-in")
    page.wait_for_load_state("networkidle")

    names = {one.rpartition("/")[2].partition(".")[0] for one in fetched}
    assert "markazi-text-latin-600-normal" in names
    assert "markazi-text-arabic-600-normal" not in names


# Every boundary of GSM 03.38 and UCS-2, what is cut at none, and what is left out before it is sent.
TEXTS = [
    *("a" * n for n in (1, 159, 160, 161, 306, 307, 459, 460)),
    *("ب" * n for n in (1, 69, 70, 71, 134, 135, 201, 202)),
    *("€" * n for n in (79, 80, 81, 153)),
    *("a" * n + "€" for n in (151, 152, 158, 159)),
    *("😀" * n for n in (34, 35, 36, 67)),
    *("ب" * n + "😀" for n in (65, 66, 67, 68, 69)),
    "[{~}]\\|^", "é è à", "ê", "line\r\nline\rline\u2028line\u2029line\u0085line", "\ttab\x00\x07bell\f ",
    "\ufeffmark\ufeff ",
    "👩‍👩‍👧‍👦 🇹🇳", " blank ", "",
]  # fmt: skip


def test_the_script_counts_an_sms_as_the_server_does(open_page):
    page = open_page()
    page.goto("/en/sign-in")
    every = [chr(code) for code in (*range(0x500), *range(0x2000, 0x2100), *range(0xE000, 0x110000, 9973))]
    script = """async (all) => {
        const { clean, count } = await import("/static/js/sms_text.js");
        return all.map((one) => [clean(one), count(clean(one)), count(one)]);
    }"""
    told = page.evaluate(script, [*TEXTS, *every])

    ours = ([sms_text.clean(one), sms_text.count(sms_text.clean(one)), sms_text.count(one)] for one in (*TEXTS, *every))
    differing = [mine for theirs, mine in zip(told, ours, strict=True) if theirs != [mine[0], *map(vars, mine[1:])]]
    assert differing == []


@pytest.fixture(scope="module")
def texted(product):
    """A ticket by mail of a customer who has a number too, and a macro."""
    contacts = [{"type": "email", "value": "dora@example.org"}, {"type": "phone", "value": "+21620555777"}]
    customer = product.api("POST", "/customers", {"name": "Dora", "contacts": contacts}).json()
    product.api("POST", "/macros", {"name": "Greeting by name", "texts": {"en": "Hello {{customer.first_name}}!"}})
    asked = {"subject": "Oil", "message": {"text": "Which one?"}, "customer": {"id": customer["id"]}}
    return product.api("POST", "/tickets", asked).json()["number"]


def test_the_composer_counts_as_one_types_and_hides_what_a_text_has_not(open_page, product, texted):
    page = open_page(email=product.info["agent_email"], role="agent")
    page.goto(f"/agent/tickets/{texted}")
    page.select_option("#way", "email:dora@example.org")
    assert page.is_visible("#cc")
    page.fill("#text", "a" * 160)
    page.select_option("#way", "sms:+21620555777")
    assert not page.is_visible("#cc")
    page.get_by_text("1 SMS · 0 characters left").wait_for()

    page.fill("#text", "a" * 161)
    page.get_by_text("2 SMS · 145 characters left · about $").wait_for()
    page.fill("#text", "مرحبا")
    page.get_by_text("an SMS holds 70, else 160").wait_for()
    page.fill("#text", "a word " * 300)
    page.get_by_text("its beginning goes out by SMS").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["in place", "by the server"])
def test_a_macro_is_inserted(open_page, product, texted, scripts):
    page = open_page(scripts=scripts, email=product.info["agent_email"], role="agent")
    page.goto(f"/agent/tickets/{texted}")
    page.fill("#text", "Good day.\n")
    page.select_option("#macro", label="Greeting by name")
    if scripts:
        page.click(".macros button")
        expect(page.locator("#text")).to_have_value("Good day.\nHello Dora!")
    else:
        follow(page, ".macros button")
        assert page.input_value("#text") == "Good day.\n\nHello Dora!"
