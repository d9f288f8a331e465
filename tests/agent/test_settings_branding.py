"""Branding without code: what an admin types is drawn on the portal, looked at before, and refused where it must be."""

import re
from urllib.parse import urlencode

import pytest

from chalicelib import clock
from chalicelib.actions import change_settings
from chalicelib.domain.shop import Shop
from chalicelib.store import files, shop

HERE = "/agent/settings/branding"
ANNOUNCE = "/agent/settings/announcement"


def test_colours_names_links_and_css_are_saved_and_drawn_at_once(boss, browse):
    boss.go(HERE).send(
        HERE,
        names_en="Ghusn & Sons", light_accent="#0B5D4E", css="h1 { margin: 0 }",
        links_en_header="Our shop | https://shop.example.org\n", links_ar_footer="متجرنا | /ar/",
    )  # fmt: skip
    assert boss.address == f"{HERE}?done=saved"
    home = browse().go("/en/")
    assert "Ghusn & Sons" in home.text
    assert home.page.select_one('header a[href="https://shop.example.org"]')
    sheet = browse().go(home.page.select_one('link[href^="/brand.css"]')["href"]).text
    assert "light-dark(#0b5d4e" in sheet and "h1 { margin: 0 }" in sheet
    boss.go(HERE)
    assert boss.page.select_one("#light_accent")["value"] == "#0b5d4e"
    assert boss.page.select_one("#links_en_header").get_text().strip() == "Our shop | https://shop.example.org"


@pytest.mark.parametrize(
    ("typed", "wrong", "words"),
    [
        ({"light_accent": "#9bb7ff"}, "light_accent", "4.5 to 1"),
        ({"dark_accent": "#27408b"}, "dark_accent", "nearest colour"),
        ({"light_accent": "blue"}, "light_accent", "#27408b"),
        ({"light_accent": "#27408b", "light_on_accent": "#27408b"}, "light_on_accent", "Words on the accent"),
        ({"css": "p { color: red }\n@import 'x';"}, "css", "Line 2"),
        ({"css": "p { background: url(//elsewhere.example) }"}, "css", "only pictures of ours"),
        ({"links_en_header": "Run | javascript:alert(1)"}, "links_en_header", "a bar and an address"),
        ({"links_en_footer": "No bar at all"}, "links_en_footer", "a bar and an address"),
        ({"names_en": "", "names_ar": ""}, "names_en", "no words yet"),
        ({"names_en": "x" * 101}, "names_en", "100 characters"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_all_that_was_typed_stays(boss, typed, wrong, words):
    before = shop.load()
    boss.go(HERE).send(HERE, **typed)

    assert (boss.status, boss.errors) == (422, [wrong])
    assert words in boss.page.select_one(f"#{wrong}-error").get_text()
    for name, value in typed.items():
        field = boss.page.select_one(f"#{name}")
        assert (field.get("value") or field.get_text().strip()) == value
    assert shop.load() == before


def test_the_suggested_colour_is_taken(boss):
    boss.go(HERE).send(HERE, light_accent="#9bb7ff")
    told = boss.page.select_one("#light_accent-error").get_text()
    boss.send(HERE, light_accent=re.findall("#[0-9a-f]{6}", told)[-1])
    assert boss.status == 200 and shop.load().branding.light


def test_a_draft_is_looked_at_and_not_saved(boss, browse):
    before = shop.load()
    boss.go(HERE).send(f"{HERE}/preview", names_en="Another", light_accent="#0b5d4e", css="h1 { margin: 3px }")

    assert boss.status == 200 and "Another" in boss.text
    style = boss.page.find("style")
    assert "#0b5d4e" in style.get_text() and "margin: 3px" in style.get_text()
    policy = boss.header("content-security-policy")
    assert f"style-src 'nonce-{style['nonce']}'" in policy and "frame-ancestors 'self'" in policy
    assert boss.header("x-frame-options") == "SAMEORIGIN"
    assert shop.load() == before
    assert "Another" not in browse().go("/en/").text


def test_a_draft_that_may_not_be_saved_is_not_drawn_either(boss):
    boss.go(HERE).send(f"{HERE}/preview", css="p { background: url(//elsewhere.example) }")
    assert "only pictures of ours" in boss.text and "elsewhere" not in boss.page.find("style").get_text()


def test_only_the_branding_page_may_be_framed_and_by_us_alone(boss):
    assert "frame-ancestors 'none'" in boss.go(HERE).header("content-security-policy")
    assert boss.header("x-frame-options") == "DENY"


def test_a_change_that_somebody_else_overtook_is_asked_for_again(boss):
    boss.go(HERE)
    change_settings.change({"branding": {"css": "h2 { margin: 0 }"}})
    boss.send(HERE, css="h1 { margin: 0 }")
    assert boss.status == 422 and "Somebody else changed the settings" in boss.text
    assert shop.load().branding.css == "h2 { margin: 0 }"

    boss.send(HERE)
    assert (boss.status, shop.load().branding.css) == (200, "h1 { margin: 0 }")


def test_a_banner_is_announced_by_the_shops_clock_and_taken_away(boss, browse):
    change_settings.change({"time_zone": "Africa/Tunis"})
    boss.go(ANNOUNCE).send(
        ANNOUNCE, announcement_texts_en="Parcels are late.", level="warn", announcement_until="2031-11-21T18:00"
    )
    banner = shop.load().branding.announcement
    assert (banner.texts, banner.level, banner.ends.isoformat()) == (
        {"en": "Parcels are late."}, "warn", "2031-11-21T17:00:00+00:00",
    )  # fmt: skip
    assert browse().go("/en/").page.select("aside.announcement")
    assert boss.go(ANNOUNCE).page.select_one("#announcement_until")["value"] == "2031-11-21T18:00"
    assert "Shown now" in boss.text

    boss.send(f"{ANNOUNCE}/end")
    assert shop.load().branding.announcement is None
    assert not browse().go("/en/").page.select("aside.announcement")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"announcement_texts_en": ""}, "announcement_texts_en"),
        ({"announcement_texts_en": "x" * 501}, "announcement_texts_en"),
        ({"begins": "soon"}, "begins"),
        ({"begins": "2031-01-02T00:00", "announcement_until": "2031-01-01T00:00"}, "announcement_until"),
        ({"announcement_links_en_text": "Read on"}, "announcement_links_en_url"),
        ({"announcement_links_en_url": "/en/"}, "announcement_links_en_text"),
        ({"announcement_until": "0001-01-01T00:00"}, "announcement_until"),
    ],
)
def test_a_banner_without_words_or_an_end_before_its_beginning_is_refused(boss, typed, wrong):
    boss.go(ANNOUNCE).send(ANNOUNCE, **{"announcement_texts_en": "Parcels are late."} | typed)
    assert (boss.status, boss.errors) == (422, [wrong])
    assert shop.load().branding == Shop().branding


LOGOS = "/agent/settings/logos"


def sent_logo(browser, kind="image/png", octets=b"\x89PNG\r\n\x1a\nlogo"):
    """Send the page's form as a browser without a script does, and come back by S3's redirect."""
    form = browser.page.select_one("#form")
    fields = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    files.put(fields["key"], octets, kind)
    back = fields["success_action_redirect"].removeprefix("https://help.ghusn.example")
    return browser.go(f"{back}&{urlencode({'key': fields['key']})}")


def test_a_logo_is_sent_and_used_by_one_press(boss, browse):
    sent_logo(boss.go(f"{LOGOS}/en/light"))
    assert boss.address == f"{LOGOS}?done=logo-kept"
    path = boss.page.select_one("main img")["src"]
    assert browse().go("/en/").page.select_one("a.brand img")["src"] == path

    boss.send(f"{LOGOS}/en/light", path="")
    assert "The logo is gone." in boss.text
    assert shop.load().branding.logos == {}


@pytest.mark.parametrize("octets", [b"this is no picture", b"RIFF\0\0\0\0WAVEfmt ", b"\xff\xd8\xff\xe0\0\x10JFIF"])
def test_a_file_that_is_no_picture_leaves_the_logo_as_it_was(boss, octets):
    sent_logo(boss.go(f"{LOGOS}/en/light"), "image/webp", b"RIFF\0\0\0\0WEBPVP8 ")
    before = shop.load().branding.logos

    sent_logo(boss.go(f"{LOGOS}/en/light"), octets=octets)
    assert (boss.status, boss.errors) == (422, ["file"])
    assert "Nothing was changed." in boss.page.select_one("#file-error").get_text()
    assert shop.load().branding.logos == before

    sent_logo(boss)
    assert boss.address == f"{LOGOS}?done=logo-kept"
    assert shop.load().branding.logos != before


def test_without_a_script_the_form_says_what_happens_to_a_file_that_is_too_large(boss):
    boss.go(f"{LOGOS}/en/light")
    assert "on a page of its own" in boss.page.select_one("noscript").get_text()


def test_an_address_that_was_made_elsewhere_puts_no_logo_anywhere(boss):
    boss.go(f"{LOGOS}/en/light")
    form = {one["name"]: one["value"] for one in boss.page.select("#form input[type=hidden]")}
    files.put(form["key"], b"logo", "image/png")
    back, key = form["success_action_redirect"].removeprefix("https://help.ghusn.example"), form["key"]
    for address in (
        f"{LOGOS}/en/light?type=image/png&key={key}",
        f"{back}&key=media/img_01KA3V5N8D1R4T7XJ2QW6ZC9HM/other.png",
        f"{back.replace('/en/light', '/ar/dark')}&key={key}",
        f"{back}x&key={key}",
    ):
        assert boss.go(address).page.select_one("#form")
    clock.shift(3601)
    boss.go(f"{back}&key={key}")

    assert shop.load().branding.logos == {}


def test_what_is_no_picture_of_ours_is_no_logo(boss):
    boss.go(f"{LOGOS}/en/light")
    csrf = boss.page.select_one("input[name=csrf]")["value"]
    for path in (
        "https://elsewhere.example/a.png",
        "/media/../a.png",
        "/media/img_01KA3V5N8D1R4T7XJ2QW6ZC9HM/none.png",
    ):
        assert boss.post(f"{LOGOS}/en/light", csrf=csrf, path=path).status == 404
    assert boss.go(f"{LOGOS}/fr/light").status == boss.go(f"{LOGOS}/en/grey").status == 404
    assert shop.load().branding.logos == {}
