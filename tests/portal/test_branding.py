"""A shop's looks on its pages: colours, logo, links, its own style sheet and what it announces, in each language."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import clock, render
from chalicelib.domain import brand_sheet
from chalicelib.domain.branding import Announcement, Branding, Link, Links, Logo
from chalicelib.domain.colours import Palette
from chalicelib.portal import brand
from chalicelib.store import shop
from chalicelib.web import answer
from tests.portal import samples

LATE = Announcement("warn", {"en": "Parcels are late."}, {"en": Link("Read on", "/en/articles/late")})


@pytest.fixture
def dressed(browse):
    """Gives the shop these looks."""

    def dress(**looks):
        shop.save(replace(samples.SHOP, branding=Branding(**looks)))

    return dress


def sheet_of(browser):
    found = browser.page.select_one('link[href^="/brand.css"]')
    return found["href"] if found else None


def test_a_shop_without_looks_of_its_own_links_no_sheet(browse):
    assert sheet_of(browse().go("/en/")) is None


@pytest.mark.parametrize("address", ["/en/", "/ar/search?q=x", "/en/tickets/new", "/en/sign-in", "/en/nowhere"])
def test_every_page_of_the_portal_wears_the_sheet(browse, dressed, address):
    dressed(light=Palette("#0b5d4e"), css="h1 { margin: 0 }")
    stranger = browse().go(address)
    address = sheet_of(stranger)
    assert address

    sheet = browse().go(address)
    assert (sheet.status, sheet.header("content-type")) == (200, "text/css; charset=utf-8")
    assert "--accent: light-dark(#0b5d4e, #6d9e95)" in sheet.page.get_text() and "h1 { margin: 0 }" in sheet.text
    assert not sheet.set_cookies


def test_the_desk_stays_as_it_is(browse, dressed, bob):
    dressed(css="h1 { margin: 0 }")
    assert sheet_of(browse(bob.email, "agent").go("/agent/tickets")) is None


def test_a_change_has_another_address_and_shows_at_once(browse, dressed):
    dressed(css="h1 { margin: 0 }")
    old = sheet_of(browse().go("/en/"))
    dressed(css="h1 { margin: 1px }")
    new = sheet_of(browse().go("/en/"))
    assert old != new
    assert browse().go(new).header("cache-control") == brand.FOR_GOOD
    # An old page finds rules that hold, and no cache keeps them under a name that is not theirs.
    found = browse().go(old)
    assert ("1px" in found.text, found.header("cache-control")) == (True, answer.PUBLIC)


def test_a_process_that_knows_old_settings_reads_anew_for_an_address_that_it_does_not_know(
    browse, dressed, monkeypatch
):
    dressed(css="h1 { margin: 0 }")
    old = shop.read()
    dressed(css="h1 { margin: 1px }")
    new = brand_sheet.address(shop.read().branding)
    monkeypatch.setattr(shop, "read", lambda: old)
    assert browse().go(new).header("cache-control") == brand.FOR_GOOD


def test_the_sheet_is_told_unchanged_to_who_has_it(browse, dressed):
    dressed(css="h1 { margin: 0 }")
    assert browse().go("/brand.css").header("etag")


def test_a_logo_stands_for_the_name_and_says_it(browse, dressed):
    dressed(logos={"en": Logo("/media/img_1/light.png", "/media/img_1/dark.png")})
    for lang in ("en", "ar"):
        logos = browse().go(f"/{lang}/").page.select("a.brand img")
        assert [one["src"] for one in logos] == ["/media/img_1/light.png", "/media/img_1/dark.png"]
        assert {one["alt"] for one in logos} == {samples.SHOP.name(lang)}


def test_links_stand_in_the_pages_of_their_language(browse, dressed):
    links = Links((Link("The shop", "https://shop.example.org"),), (Link("Imprint", "/en/articles/imprint"),))
    dressed(links={"en": links})
    english = browse().go("/en/")
    assert english.page.select_one('header a[href="https://shop.example.org"]').get_text() == "The shop"
    assert english.page.select_one('footer a[href="/en/articles/imprint"]').get_text() == "Imprint"
    assert not browse().go("/ar/").page.select('a[href="https://shop.example.org"]')


def test_what_is_announced_stands_over_every_page_in_its_language(browse, dressed):
    dressed(announcement=LATE)
    for address in ("/en/", "/en/sign-in"):
        banner = browse().go(address).page.select_one("aside.announcement")
        assert "Parcels are late." in banner.get_text() and banner["data-s"] == "warn"
        assert banner.select_one("a")["href"] == "/en/articles/late"
        # Nothing closes it but the script, which shows the button.
        assert banner.select_one("button").has_attr("hidden")
    assert not browse().go("/ar/").page.select("aside.announcement")


def test_a_banner_begins_and_ends_by_the_clock(browse, dressed):
    now = clock.now()
    dressed(announcement=replace(LATE, begins=now + timedelta(hours=1), ends=now + timedelta(hours=2)))
    shown = []
    for _ in range(3):
        shown.append(bool(browse().go("/en/").page.select("aside.announcement")))
        clock.shift(3601)
    assert shown == [False, True, False]


def test_caches_ask_again_when_a_banner_turns(browse, dressed):
    dressed(announcement=replace(LATE, ends=clock.now() + timedelta(hours=1)))
    assert browse().go("/en/").header("cache-control") == answer.PUBLIC
    clock.shift(3570)
    left = int(browse().go("/en/").header("cache-control").partition("s-maxage=")[2])
    assert 20 < left <= 30


def test_what_a_shop_writes_is_text_wherever_it_stands(browse, dressed):
    bad = "<script>alert(1)</script>"
    dressed(announcement=Announcement("info", {"en": bad}), links={"en": Links((Link(bad, "/en/"),))})
    home = browse().go("/en/")
    assert home.text.count(bad) == 3 and not home.page.find("script", string="alert(1)")


def test_mails_carry_the_logo_and_the_colours(browse, dressed):
    dressed(light=Palette("#0b5d4e"), logos={"en": Logo("/media/img_1/light.png")})
    about = {"shop": shop.read(), "url": "https://x.example", "code": "123456", "minutes": 15}
    _, _, html = render.email("sign_in", "en", **about)
    assert "background:#0b5d4e;color:#ffffff" in html and "#27408b" not in html
    assert 'src="https://help.ghusn.example/media/img_1/light.png" alt="' in html


def test_a_language_that_the_portal_does_not_speak_is_offered_nowhere_and_old_links_hold(browse):
    shop.save(replace(samples.SHOP, locales=("en",), default_locale="en"))
    assert browse(language="ar").go("/").address == "/en/"
    home = browse().go("/en/")
    assert not home.page.select('[hreflang="ar"]')
    assert "/ar/" not in str(browse().go("/sitemap.xml").page)
    assert browse().go("/ar/sign-in").status == 200
