"""Every page in both languages, on desk and phone, light and dark: accessible by axe's rules, and its picture kept.

Those of who is signed in are looked at in test_signed_in, those of articles and of most settings in files of their own.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import follow

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text()
# Only what is wrong comes out of the page: all that axe found right there is a megabyte.
VIOLATIONS = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`));
}"""
ALICE = {"en": "alice.en@example.org", "ar": "alice.ar@example.org"}
WORDS = {
    "en": {"subject": "My board has split", "text": "It is four centimetres long.", "q": "board split"},
    "ar": {"subject": "تشقّق لوح التقطيع", "text": "طول الشقّ أربعة سنتيمترات.", "q": "تشقق اللوح"},
}
SIGHTS = [pytest.param(1280, "light", id="desk"), pytest.param(390, "dark", id="phone")]
LANGUAGES = ["en", "ar"]
# Nothing that people type may push the page wider than the screen.
LONG_WORD = " https://ghusn.example/" + "x" * 400


@pytest.fixture(scope="module")
def numbers(product) -> dict[str, int]:
    """A ticket of each Alice, with an answer of the desk's in it."""
    made = {}
    for lang, email in ALICE.items():
        ticket = {
            "subject": WORDS[lang]["subject"], "message": {"text": WORDS[lang]["text"], "channel": "portal"},
            "customer": {"email": email, "name": {"en": "Alice", "ar": "ليلى"}[lang]}, "locale": lang,
        }  # fmt: skip
        made[lang] = product.api("POST", "/tickets", ticket).json()["number"]
        product.api("POST", f"/tickets/{made[lang]}/messages", {"text": "https://ghusn.example/care"})
    product.settle()
    return made


@pytest.fixture(scope="module")
def reached(product) -> int:
    """A ticket of somebody who can be reached in several ways and wants no SMS at one of them; and a macro."""
    contacts = [
        {"type": "email", "value": "erin.has.a.long.address@restaurants.example.org"},
        {"type": "phone", "value": "+21622000111"},
        {"type": "phone", "value": "+21698000222", "opted_out": True},
    ]
    customer = product.api("POST", "/customers", {"name": "Erin", "contacts": contacts}).json()
    product.api("POST", "/macros", {"name": "Greeting", "texts": {"en": "Hello {{customer.name}}", "ar": "مرحبًا"}})
    asked = {"subject": "Oil", "message": {"text": "Which one?"}, "customer": {"id": customer["id"]}}
    return int(product.api("POST", "/tickets", asked).json()["number"])


def check(page: Page) -> None:
    """No violation of axe's rules, and nothing wider than the screen."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def narrow(page: Page) -> None:
    """Choose filters of the desk's search by the keyboard."""
    page.locator(".filters summary").focus()
    page.keyboard.press("Enter")
    page.select_option("#f-channel", "email")
    page.select_option("#f-assignee", index=2)
    page.fill("#f-since", "2001-01-31")


def article_of(page: Page, lang: str) -> str:
    page.goto(f"/{lang}/search?q={WORDS[lang]['q']}")
    return str(page.locator("ol h2 a").first.get_attribute("href"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), SIGHTS)
def test_the_help_centre(open_page, picture, lang, width, theme):
    page = open_page(width=width, theme=theme)
    places = {
        "home": f"/{lang}/",
        "results": f"/{lang}/search?q={WORDS[lang]['q']}",
        "nothing": f"/{lang}/search?q=zzzz",
        "article": article_of(page, lang),
        "missing": f"/{lang}/articles/none",
    }
    for name, address in places.items():
        page.goto(address)
        check(page)
        picture(page, f"portal-{name}.{lang}.{width}")
    page.goto(f"/{lang}/")
    follow(page, "a.card")
    check(page)
    picture(page, f"portal-category.{lang}.{width}")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), SIGHTS)
def test_the_forms(open_page, picture, lang, width, theme):
    page = open_page(width=width, theme=theme)
    places = {
        "sign-in": f"/{lang}/sign-in",
        "ticket-link": f"/{lang}/t/1-{'a' * 17}",
        "ticket-new": f"/{lang}/tickets/new",
    }
    for name, address in places.items():
        page.goto(address)
        check(page)
        picture(page, f"portal-{name}.{lang}.{width}")
    follow(page, "#form .btn.main")
    check(page)
    picture(page, f"portal-ticket-new-wrong.{lang}.{width}")
    for field, value in {**WORDS[lang], "email": f"charlie.{lang}.{width}@example.org"}.items():
        if field != "q":
            page.locator(f"#{field}").fill(value)
    follow(page, "#form .btn.main")
    check(page)
    picture(page, f"portal-ticket-sent.{lang}.{width}")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), SIGHTS)
def test_a_code(open_page, picture, lang, width, theme):
    """Of somebody else, whose page the others do not look at: a code is sent to one address three times."""
    page = open_page(width=width, theme=theme, email=f"code.{lang}.{width}@example.org")
    page.goto(f"/{lang}/preferences")
    page.fill("#contact", f"other.{lang}.{width}@example.org")
    follow(page, "form:has(#contact) button")
    check(page)
    picture(page, f"portal-code.{lang}.{width}")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), SIGHTS)
def test_the_desk(open_page, picture, product, numbers, reached, lang, width, theme):
    page = open_page(width=width, theme=theme, email=product.info["agent_email"], role="agent")
    page.goto(f"/{lang}/")  # the desk speaks the language chosen last
    for view in ("mine", "open", "all"):
        page.goto(f"/agent/tickets?view={view}")
        check(page)
        picture(page, f"desk-{view}.{lang}.{width}")
    for name, words in {"not-found": "qqqq", "found": "oil خشب"}.items():
        page.fill("#q", words)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        check(page)
        picture(page, f"desk-{name}.{lang}.{width}")
    narrow(page)
    check(page)
    picture(page, f"desk-filters.{lang}.{width}")
    follow(page, ".choices button")
    check(page)
    picture(page, f"desk-filtered.{lang}.{width}")
    page.goto(f"/agent/tickets/{numbers[lang]}")
    check(page)
    picture(page, f"desk-ticket.{lang}.{width}")
    page.locator(".modes label").last.click()
    page.fill("#note", LONG_WORD)
    check(page)
    picture(page, f"desk-note.{lang}.{width}")
    page.goto(f"/agent/tickets/{reached}")
    page.select_option("#way", "sms:+21622000111")
    page.fill("#text", WORDS[lang]["text"] * 4 + LONG_WORD)
    check(page)
    picture(page, f"desk-composer.{lang}.{width}")
    page.goto(f"/agent/tickets/{numbers[lang]}")
    follow(page, ".person h2 a")
    check(page)
    picture(page, f"desk-customer.{lang}.{width}")


@pytest.fixture(scope="module")
def offers(product) -> None:
    """Mail that is kept out of the tickets, for several causes."""
    for verdicts, words in {
        "spam=FAIL": "Cheap watches for everybody",
        "virus=FAIL": "فاتورتك مرفقة",
        "dmarc=FAIL&dmarc_policy=REJECT": "Your account, " * 12,
    }.items():
        raw = f"From: Lucky <lucky@offers.example>\nSubject: {words}\n\nBuy now: it lasts until noon.\n"
        product.call("POST", f"/_local/email?{verdicts}", raw.encode())
    product.settle()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), SIGHTS)
def test_suspended_mail(open_page, picture, product, offers, lang, width, theme):
    page = open_page(width=width, theme=theme, email=product.info["agent_email"], role="agent")
    page.goto(f"/{lang}/")  # the desk speaks the language chosen last
    page.goto("/agent/suspended")
    check(page)
    picture(page, f"desk-suspended.{lang}.{width}")
    follow(page, ".row .subject a")
    check(page)
    picture(page, f"desk-suspended-mail.{lang}.{width}")
    follow(page, "form[action$='/delete'] button")
    check(page)
    picture(page, f"desk-suspended-deleted.{lang}.{width}")
    follow(page, "form[action$='/restore'] button")


@pytest.fixture(scope="module")
def doors(product) -> None:
    """A team with a door and signatures, one without, and two blocked senders."""
    signatures = {"en": "The workshop\nTuesday to Saturday", "ar": "الورشة\nمن الثلاثاء إلى السبت"}
    for team in (
        {"names": {"en": "Restoring", "ar": "الترميم"}, "email": "restoring@ghusn.example", "signatures": signatures},
        {"names": {"en": "Wholesale"}},
    ):
        product.api("POST", "/teams", team)
    for value in ("offers.example", "a.very.long.address.of.somebody.who.writes.too.much@mail.example.org"):
        product.api("POST", "/blocked-senders", {"value": value})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), SIGHTS)
def test_the_settings(open_page, picture, product, doors, reached, lang, width, theme):
    page = open_page(width=width, theme=theme, email=product.info["admin_email"], role="agent")
    page.goto(f"/{lang}/")  # the desk speaks the language chosen last
    page.goto("/agent/settings")
    check(page)
    picture(page, f"desk-teams.{lang}.{width}")
    page.goto("/agent/settings/new-team")
    check(page)
    page.fill("#email", "nobody")
    follow(page, "#form .btn.main")
    check(page)
    picture(page, f"desk-team-wrong.{lang}.{width}")
    page.goto("/agent/settings/teams")
    follow(page, ".row .subject a")
    check(page)
    picture(page, f"desk-team.{lang}.{width}")
    page.goto("/agent/settings/macros")
    check(page)
    picture(page, f"desk-macros.{lang}.{width}")
    follow(page, ".row .subject a")
    page.fill("#text_en", "Hello {{customer.nick}}")
    follow(page, "#form .btn.main")
    check(page)
    picture(page, f"desk-macro-wrong.{lang}.{width}")
    page.goto("/agent/settings/blocked-senders")
    check(page)
    picture(page, f"desk-blocked.{lang}.{width}")
    follow(page, "#form .btn.main")
    check(page)
    picture(page, f"desk-blocked-wrong.{lang}.{width}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_desks_door(open_page, picture, product, lang):
    page = open_page()
    page.goto(f"/{lang}/")
    page.goto("/agent/sign-in")
    check(page)
    picture(page, f"desk-sign-in.{lang}")
    page.goto(product.local("POST", "login", {"email": product.info["agent_email"], "role": "agent"})["url"])
    check(page)
    picture(page, f"desk-sign-in-confirm.{lang}")
