"""Every page in both languages, on desk and phone, light and dark: accessible by axe's rules, and its picture kept.

Those of who is signed in are looked at in test_signed_in, those of articles and of most settings in files of their own.
"""

import pytest
from playwright.sync_api import Page

from tests.browser.eyes import LANGUAGES, Eyes, check

ALICE = {"en": "alice.en@example.org", "ar": "alice.ar@example.org"}
WORDS = {
    "en": {"subject": "My board has split", "text": "It is four centimetres long.", "q": "board split"},
    "ar": {"subject": "تشقّق لوح التقطيع", "text": "طول الشقّ أربعة سنتيمترات.", "q": "تشقق اللوح"},
}
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


def narrow(eyes: Eyes) -> None:
    """Choose filters of the desk's search by the keyboard."""
    eyes.page.locator(".filters summary").focus()
    eyes.page.keyboard.press("Enter")
    eyes.each(lambda: eyes.page.select_option("#f-channel", "email"))
    eyes.each(lambda: eyes.page.select_option("#f-assignee", index=2))
    eyes.fill("#f-since", "2001-01-31")


def article_of(page: Page, lang: str) -> str:
    page.goto(f"/{lang}/search?q={WORDS[lang]['q']}")
    return str(page.locator("ol h2 a").first.get_attribute("href"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_centre(open_page, picture, lang):
    eyes = Eyes(open_page(), picture)
    page = eyes.page
    places = {
        "home": f"/{lang}/",
        "results": f"/{lang}/search?q={WORDS[lang]['q']}",
        "nothing": f"/{lang}/search?q=zzzz",
        "article": article_of(page, lang),
        "missing": f"/{lang}/articles/none",
    }
    for name, address in places.items():
        page.goto(address)
        eyes.look(f"portal-{name}.{lang}")
    page.goto(f"/{lang}/")
    eyes.press("a.card")
    eyes.look(f"portal-category.{lang}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_forms(open_page, picture, lang):
    eyes = Eyes(open_page(), picture)
    page = eyes.page
    places = {
        "sign-in": f"/{lang}/sign-in",
        "ticket-link": f"/{lang}/t/1-{'a' * 17}",
        "ticket-new": f"/{lang}/tickets/new",
    }
    for name, address in places.items():
        page.goto(address)
        eyes.look(f"portal-{name}.{lang}")
    eyes.press("#form .btn.main")
    eyes.look(f"portal-ticket-new-wrong.{lang}")
    for field, value in {**WORDS[lang], "email": f"charlie.{lang}@example.org"}.items():
        if field != "q":
            eyes.fill(f"#{field}", value)
    eyes.press("#form .btn.main")
    eyes.look(f"portal-ticket-sent.{lang}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_code(open_page, picture, lang):
    """Of somebody else, whose page the others do not look at: a code is sent to one address three times."""
    eyes = Eyes(open_page(email=f"code.{lang}@example.org"), picture)
    page = eyes.page
    page.goto(f"/{lang}/preferences")
    eyes.fill("#contact", f"other.{lang}@example.org")
    eyes.press("form:has(#contact) button")
    eyes.look(f"portal-code.{lang}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_desk(open_page, picture, product, numbers, reached, lang):
    eyes = Eyes(open_page(email=product.info["agent_email"], role="agent"), picture)
    page = eyes.page
    page.goto(f"/{lang}/")  # the desk speaks the language chosen last
    for view in ("mine", "open", "all"):
        page.goto(f"/agent/tickets?view={view}")
        eyes.look(f"desk-{view}.{lang}")
    for name, words in {"not-found": "qqqq", "found": "oil خشب"}.items():
        eyes.fill("#q", words)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        eyes.look(f"desk-{name}.{lang}")
    narrow(eyes)
    eyes.look(f"desk-filters.{lang}")
    eyes.press(".choices button")
    eyes.look(f"desk-filtered.{lang}")
    page.goto(f"/agent/tickets/{numbers[lang]}")
    eyes.look(f"desk-ticket.{lang}")
    eyes.each(page.locator(".modes label").last.click)
    eyes.fill("#note", LONG_WORD)
    eyes.look(f"desk-note.{lang}")
    page.goto(f"/agent/tickets/{reached}")
    eyes.each(lambda: page.select_option("#way", "sms:+21622000111"))
    eyes.fill("#text", WORDS[lang]["text"] * 4 + LONG_WORD)
    eyes.look(f"desk-composer.{lang}")
    page.goto(f"/agent/tickets/{numbers[lang]}")
    eyes.press(".person h2 a")
    eyes.look(f"desk-customer.{lang}")


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
def test_suspended_mail(open_page, picture, product, offers, lang):
    eyes = Eyes(open_page(email=product.info["agent_email"], role="agent"), picture)
    page = eyes.page
    page.goto(f"/{lang}/")  # the desk speaks the language chosen last
    page.goto("/agent/suspended")
    eyes.look(f"desk-suspended.{lang}")
    eyes.press(".row .subject a")
    eyes.look(f"desk-suspended-mail.{lang}")
    eyes.press("form[action$='/delete'] button")
    eyes.look(f"desk-suspended-deleted.{lang}")
    eyes.press("form[action$='/restore'] button")


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
def test_the_settings(open_page, picture, product, doors, reached, lang):
    eyes = Eyes(open_page(email=product.info["admin_email"], role="agent"), picture)
    page = eyes.page
    page.goto(f"/{lang}/")  # the desk speaks the language chosen last
    page.goto("/agent/settings")
    eyes.look(f"desk-teams.{lang}")
    page.goto("/agent/settings/new-team")
    eyes.look()
    eyes.fill("#email", "nobody")
    eyes.press("#form .btn.main")
    eyes.look(f"desk-team-wrong.{lang}")
    page.goto("/agent/settings/teams")
    eyes.press(".row .subject a")
    eyes.look(f"desk-team.{lang}")
    page.goto("/agent/settings/macros")
    eyes.look(f"desk-macros.{lang}")
    eyes.press(".row .subject a")
    eyes.fill("#text_en", "Hello {{customer.nick}}")
    eyes.press("#form .btn.main")
    eyes.look(f"desk-macro-wrong.{lang}")
    page.goto("/agent/settings/blocked-senders")
    eyes.look(f"desk-blocked.{lang}")
    eyes.press("#form .btn.main")
    eyes.look(f"desk-blocked-wrong.{lang}")


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
