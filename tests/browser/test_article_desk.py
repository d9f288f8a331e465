"""The desk's articles in a browser: the preview follows, pictures go in, nothing typed is lost, no mouse is needed."""

import struct
import zlib

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow
from tests.browser.eyes import LANGUAGES, Eyes, check

HERE = "/agent/articles"


def png(side: int = 64) -> bytes:
    """A picture of one colour, as small as they come."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x27\x40\x8b" * side for _ in range(side))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def category(product) -> str:
    made = product.api("POST", "/categories", {"translations": {"en": {"name": "Desk"}, "ar": {"name": "المكتب"}}})
    return str(made.json()["id"])


@pytest.fixture
def write(product, category):
    """Writes an article of that title, in both languages."""

    def written(title: str, **more) -> str:
        texts = {"en": {"title": title, "body": "Use **oil**."}, "ar": {"title": f"{title} ar", "body": "نعم."}}
        wanted = {"category_id": category, "translations": texts, "publish": True, **more}
        return str(product.api("POST", "/articles", wanted).json()["id"])

    return written


@pytest.fixture
def desk(open_page, product):
    def opened(**sight):
        return open_page(email=product.info["admin_email"], role="agent", **sight)

    return opened


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_articles_is_for_everybody(desk, product, picture, write, category, lang):
    article = write(f"Every page {lang}")
    changed = {"translations": {"en": {"body": "Use **walnut oil**.\n\n## Steps\n\n" + "1. One\n" * 60}}}
    product.api("PATCH", f"/articles/{article}", changed)
    product.api("PATCH", f"/articles/{article}", {"translations": {"en": {"body": "Use wax."}}, "draft": True})
    words = product.api("POST", "/synonyms", {"locale": lang, "words": [f"board{lang}", "plank"]}).json()
    product.call("GET", f"/{lang}/search?q={'unheard' * 9}", headers={"User-Agent": "Mozilla/5.0"})
    eyes = Eyes(desk(), picture)
    page = eyes.page
    page.goto(f"/{lang}/")
    page.context.add_cookies([{"name": "diwan_locale", "value": lang, "url": product.url}])
    places = {
        "articles": HERE,
        "articles-of-category": f"{HERE}?category={category}",
        "articles-none": f"{HERE}?q=zzzz",
        "article-new": f"{HERE}/new",
        "article-editor": f"{HERE}/{article}",
        "article-versions": f"{HERE}/{article}/versions?from=2&to=3",
        "article-image": f"{HERE}/images",
        "categories": f"{HERE}/categories",
        "category": f"{HERE}/categories/{category}",
        "searches": f"{HERE}/searches?which=all",
        "failing": f"{HERE}/failing",
        "synonyms": f"{HERE}/synonyms",
        "synonym-set": f"{HERE}/synonyms/{words['id']}",
    }
    for name, address in places.items():
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == lang
        eyes.look(f"desk-{name}.{lang}")


def test_the_preview_follows_the_words(desk, write):
    page = desk()
    page.goto(f"{HERE}/{write('Follows')}")
    page.fill("#body_en", "## Wash it\n\nUse **soap**.")
    page.locator("#preview-en strong", has_text="soap").wait_for()
    page.fill("#body_ar", "استعمل **الصابون**.")
    page.locator("#preview-ar strong", has_text="الصابون").wait_for()

    assert page.locator("#preview-en h2").inner_text() == "Wash it"
    assert page.locator(".pane[data-locale=en] .count").inner_text() == "25 characters, 4 words"
    expect(page.locator("#saved")).to_have_text("Not saved yet. This browser keeps your words.")


def test_words_that_were_not_saved_come_back(desk, write):
    page, article = desk(), write("Comes back")
    page.goto(f"{HERE}/{article}")
    page.fill("#body_en", "Half a thought")
    page.locator("#saved", has_text="This browser keeps").wait_for()
    page.goto(HERE)
    page.goto(f"{HERE}/{article}")
    page.get_by_role("button", name="Restore them").click()
    assert page.input_value("#body_en") == "Half a thought"

    follow(page, "button[value=save]")
    page.goto(f"{HERE}/{article}")
    assert page.input_value("#body_en") == "Half a thought"
    assert page.locator("#kept").is_hidden()


def test_a_picture_goes_in_where_the_cursor_stands(desk, write, product):
    page, article = desk(), write("Has a picture")
    page.goto(f"{HERE}/{article}")
    with page.expect_file_chooser() as chooser:
        page.locator(".pane[data-locale=en] [data-do=image]").click()
    chooser.value.set_files({"name": "My board.png", "mimeType": "image/png", "buffer": png()})
    page.locator(".pane[data-locale=en] [role=status]", has_text="The picture is in the text.").wait_for()
    shown = page.locator("#preview-en img")
    shown.wait_for()
    assert shown.evaluate("img => img.decode().then(() => img.naturalWidth)") == 64

    assert "/my-board.png" in page.input_value("#body_en")
    with page.expect_file_chooser() as chooser:
        page.locator(".pane[data-locale=en] [data-do=image]").click()
    chooser.value.set_files({"name": "a.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    page.locator(".pane[data-locale=en] [role=status]", has_text="A picture is a PNG").wait_for()


def test_a_picture_is_sent_without_a_script(desk):
    page = desk(scripts=False)
    page.goto(f"{HERE}/images?type=image/png")
    page.set_input_files("#file", {"name": "x.png", "mimeType": "image/png", "buffer": png()})
    follow(page, "form[enctype] button")

    assert page.input_value("#markdown").startswith("![What is to be seen](/media/img_")
    assert page.locator("img.thumb").evaluate("img => img.decode().then(() => img.naturalWidth)") == 64


def test_two_who_write_at_once_lose_nothing(desk, write, product):
    page, article = desk(), write("Two at once")
    page.goto(f"{HERE}/{article}")
    page.fill("#body_en", "Mine.")
    product.api("PATCH", f"/articles/{article}", {"translations": {"en": {"body": "Theirs."}}})
    follow(page, "button[value=publish]")
    check(page)
    assert "Theirs" in page.locator("[role=alert] .difference").inner_text()
    assert page.input_value("#body_en") == "Mine."

    follow(page, "button[value=publish]")
    assert product.api("GET", f"/articles/{article}").json()["translations"]["en"]["body"] == "Mine."


def test_a_draft_is_kept_by_the_keyboard_and_readers_see_none_of_it(desk, write, product):
    page, article = desk(), write("Kept as a draft")
    page.goto(f"{HERE}/{article}")
    page.fill("#body_en", "Use **wax**.")
    page.locator("#body_en").press("Control+Enter")
    page.locator("#draft ins", has_text="wax").wait_for(state="attached")
    told = product.api("GET", f"/articles/{article}").json()
    assert (told["translations"]["en"]["body"], told["drafts"]["en"]["body"]) == ("Use **oil**.", "Use **wax**.")

    page.focus("button[value=discard]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.input_value("#body_en") == "Use **oil**."


def test_an_article_is_written_without_a_mouse(desk, category):
    page = desk()
    page.goto(f"{HERE}/new")
    page.select_option("#category_id", category)
    page.locator("#title_en").press_sequentially("Without a mouse")
    page.locator("#title_en").press("Enter")
    page.locator(".pane[data-locale=en] [data-do=heading]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("bold")
    assert page.input_value("#body_en") == "**bold**"
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    assert page.locator(".editor-bar .pill").inner_text() == "Draft"


def test_an_article_is_put_into_an_answer_by_the_keyboard(desk, write, product):
    write("Sharpening gouges")
    write("Sharpening prices", visibility="agents")
    asked = {"subject": "Sharpening gouges", "message": {"text": "How?"}, "customer": {"email": "gouge@example.org"}}
    number = product.api("POST", "/tickets", asked).json()["number"]
    page = desk()
    page.goto(f"/agent/tickets/{number}")
    page.locator("#text").press_sequentially("See ")
    page.locator("button[value=articles]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("sharpening")
    page.locator(".find-article [role=option][aria-disabled=true]", has_text="For agents only").wait_for()
    page.locator(".find-article [role=option]:not([aria-disabled])", has_text="Sharpening gouges").wait_for()
    check(page)
    while "Sharpening gouges" not in page.locator(".find-article [aria-selected=true]").all_inner_texts():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert page.input_value("#text").endswith("/en/articles/sharpening-gouges")
    assert page.evaluate("document.activeElement.id") == "text"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_written_near_the_top_however_much_is_told_of_their_draft(desk, product, write, lang):
    article = write(f"Near the top {lang}")
    for change in ({"body": "Two."}, {"body": "Three."}):
        told = {"translations": {"en": change}, "draft": change["body"] == "Two."}
        product.api("PATCH", f"/articles/{article}", told)
    page = desk()
    page.context.add_cookies([{"name": "diwan_locale", "value": lang, "url": product.url}])
    page.goto(f"{HERE}/{article}")
    icon, words = (page.locator(f"#draft p:has(> .i) > {one}").bounding_box() for one in ("svg", "span"))

    assert page.locator("[data-behind]").count() == 1
    assert words["y"] <= icon["y"] and icon["y"] + icon["height"] <= words["y"] + words["height"]
    assert page.locator("#title_en").bounding_box()["y"] < 560
    assert page.locator("#category_id").bounding_box()["y"] < 200
