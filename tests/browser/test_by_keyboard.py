"""Every journey of a customer with the keyboard alone, with the pages' scripts and without any: nothing has a mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Hands
from tests.browser.test_signed_in import mailed
from tests.journeys.product import Product

PHOTO = {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" * 4_000}
SPLIT = "My chopping board has split, can it be saved?"

with_and_without = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no script"])


def code_of(words: str) -> str:
    return re.search(r"\b(\d{6})\b", words)[1]


def link_of(words: str, product: Product) -> str:
    return re.search(re.escape(product.url) + r"\S*/sign-in/sgn_\S+", words)[0]


def asked(product: Product, email: str, subject: str = SPLIT, **more: object) -> int:
    customer = {"email": email, "name": "Alice"}
    told = {"subject": subject, "message": {"text": "It is four centimetres long."}, "customer": customer, **more}
    made = product.api("POST", "/tickets", told).json()
    product.settle()
    return int(made["number"])


def ticket_of(product: Product, number: object) -> dict:
    product.settle()
    return product.api("GET", f"/tickets/{number}").json()


def files_of(product: Product, number: object) -> list[str]:
    product.settle()
    told = product.api("GET", f"/tickets/{number}/messages").json()["data"]
    return [file["name"] for message in told for file in message["attachments"]]


def wait_for_file(hands: Hands) -> None:
    expect(hands.page.locator(".file-line:visible").last).to_be_visible()
    expect(hands.page.locator(".file-line progress:visible")).to_have_count(0)


@with_and_without
def test_reading_voting_and_asking_what_no_article_answers(open_page, product, scripts):
    hands = Hands(open_page(scripts=scripts))
    page = hands.page
    page.goto("/en/")
    hands.write("#q", "board split")
    hands.send()
    hands.press("ol h2 a")
    hands.press("button[value=no]")
    hands.pick("#reason-missing")
    hands.write("#words", "What wood it is.")
    hands.press("#why button")
    expect(page.locator("#thanks")).to_be_visible()

    page.goto("/en/search")
    hands.write("#q", "zzqqxx")
    hands.send()
    hands.press("main a[href^='/en/tickets/new']")
    assert page.input_value("#subject") == "zzqqxx"
    email = f"asks.{scripts}@example.org".lower()
    hands.choose("#field_topic", "care")
    for name, words in {"subject": "My bowl wobbles", "text": "On the table.", "email": email}.items():
        if name == "email":
            hands.choose("#field_wood", page.locator("#field_wood option").nth(1).get_attribute("value"))
            if scripts:
                hands.attach("#file", PHOTO)
                wait_for_file(hands)
        hands.write(f"#{name}", words)
    hands.press("#form .btn.main")
    number = re.search(r"#(\d+)", page.inner_text(".lede"))[1]
    if not scripts:
        hands.attach("#plain-file", PHOTO)
        hands.press("form[enctype] button")
    assert files_of(product, number) == ["board.jpg"]
    ticket = ticket_of(product, number)
    assert (ticket["subject"], ticket["custom_fields"]["topic"]) == ("My bowl wobbles", "care")
    assert ticket["custom_fields"]["wood"]


def test_an_article_named_while_one_types_answers_it(open_page):
    hands = Hands(open_page())
    page = hands.page
    page.goto("/en/tickets/new")
    hands.write("#subject", SPLIT)
    hands.reach(".may-answer li a")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    assert "/en/articles/" in opened.value.url
    page.bring_to_front()
    hands.press(".may-answer button")
    assert page.url.endswith("/en/tickets/answered")
    page.goto("/en/tickets/new")
    assert page.input_value("#subject") == ""


def test_an_article_named_after_sending_answers_it_without_a_script(open_page, product):
    hands = Hands(open_page(scripts=False))
    page = hands.page
    page.goto("/en/tickets/new")
    for name, words in {"subject": SPLIT, "text": "So?", "email": "after@example.org"}.items():
        hands.write(f"#{name}", words)
    hands.press("#form .btn.main")
    number = re.search(r"#(\d+)", page.inner_text(".lede"))[1]
    hands.press(".may-answer button")
    assert ticket_of(product, number)["status"] == "solved"


@with_and_without
def test_signing_in_by_a_link_a_link_elsewhere_and_a_texted_code(open_page, product, scripts):
    email, phone = f"signs.{scripts}@example.org".lower(), "+2162055511" + ("1" if scripts else "2")
    hands = Hands(open_page(scripts=scripts))
    hands.page.goto("/en/tickets")
    hands.write("#email", email)
    hands.press("form[action='/en/sign-in'] .btn.main")
    words = mailed(product, email)
    hands.page.goto(link_of(words, product))
    hands.press("main form .btn.main")
    assert hands.page.url.endswith("/en/tickets")

    hands.page.goto("/en/sign-in")
    elsewhere = Hands(open_page(scripts=scripts))
    elsewhere.page.goto("/en/sign-in")
    elsewhere.write("#email", email)
    elsewhere.send()
    words = mailed(product, email)
    third = Hands(open_page(scripts=scripts))
    third.page.goto(link_of(words, product))
    third.write("#code", code_of(words))
    third.send()
    assert third.page.url.endswith("/en/tickets")

    texting = Hands(open_page(scripts=scripts))
    texting.page.goto("/en/sign-in")
    texting.write("#email", phone)
    texting.send()
    product.settle()
    sms = [one for one in product.local("GET", "outbox")["sms"] if one["to"] == phone][-1]["body"]
    texting.write("#code", code_of(sms))
    texting.send()
    assert texting.page.url.endswith("/en/tickets")


@with_and_without
def test_a_ticket_from_its_first_answer_to_its_rating(open_page, product, scripts):
    email = f"journey.{'keys' if scripts else 'bare'}@example.org"
    number = asked(product, email)
    hands = Hands(open_page(scripts=scripts))
    page = hands.page
    page.goto("/en/tickets")
    hands.write("#email", email)
    hands.send()
    hands.write("#code", code_of(mailed(product, email)))
    hands.send()
    hands.press(f"a.row[href='/en/tickets/{number}']")
    hands.write("#text", "It was the dry winter.")
    if scripts:
        hands.attach("#file", PHOTO)
        wait_for_file(hands)
    hands.press("#reply footer .btn.main")
    if not scripts:
        hands.attach("#plain-file", PHOTO)
        hands.press("form[enctype] button")
    assert page.locator("article.msg.mine", has_text="It was the dry winter.").count() == 1
    assert files_of(product, number) == ["board.jpg"]

    hands.press("form[action$='/solved'] button")
    hands.press("form[action$='/reopen'] button")
    assert ticket_of(product, number)["status"] == "open"
    hands.press("form[action$='/solved'] button")
    assert ticket_of(product, number)["status"] == "solved"
    hands.pick("input[name=answer][value=partly]")
    hands.write("#words", "Quick.")
    hands.press("form[action$='/rating'] button")
    assert page.locator("#rating", has_text="Quick.").count() == 1
    told = product.api("GET", f"/tickets/{number}/rating").json()
    assert (told["answer"], told["words"]) == ("partly", "Quick.")


@with_and_without
def test_preferences_a_copy_being_forgotten_and_calling_it_off(open_page, product, scripts):
    email = f"own.{scripts}@example.org".lower()
    number = asked(product, email)
    hands = Hands(open_page(scripts=scripts, email=email))
    page = hands.page
    page.goto("/en/preferences")
    hands.pick("input[name=channel][value=email]")
    hands.write("#name", "Alice Ben Salah")
    hands.choose("#locale", "ar")
    hands.press("form.card .btn.main")
    customer = product.api("GET", f"/customers?email={email}").json()["data"][0]
    assert (customer["name"], customer["locale"]) == ("Alice Ben Salah", "ar")

    page.goto("/en/preferences")
    hands.press("main a[href='/en/account/data']")
    hands.press("form[action$='/copies'] button")
    product.settle()
    page.reload()
    hands.reach("a.file")
    with page.expect_download() as copy:
        page.keyboard.press("Enter")
    assert copy.value.suggested_filename.endswith(".zip")
    hands.press("form[action$='/erasure'] button")
    hands.write("#code", code_of(mailed(product, email)))
    hands.send()
    hands.press("form[action$='/erasure/cancel'] button")
    assert page.locator("form[action$='/erasure'] button").count() == 1
    assert ticket_of(product, number)["subject"] == SPLIT


@with_and_without
def test_the_tickets_of_an_organization_languages_and_themes(open_page, product, scripts):
    email, colleague = (f"{name}.{scripts}@example.org".lower() for name in ("sees", "colleague"))
    house = product.api("POST", "/organizations", {"name": f"Dar Zitouna {scripts}"}).json()["id"]
    number = asked(product, colleague, "My spoon is rough")
    asked(product, email)
    for one in (email, colleague):
        customer = product.api("GET", f"/customers?email={one}").json()["data"][0]
        wanted = {"organization_id": house} | ({"sees_organization": True} if one == email else {})
        product.api("PATCH", f"/customers/{customer['id']}", wanted)
    hands = Hands(open_page(scripts=scripts, email=email))
    page = hands.page
    page.goto("/en/tickets")
    hands.press("nav.tabs a[href$='show=organization']")
    hands.press(f"a.row[href='/en/tickets/{number}']")
    assert page.inner_text("h1") == "My spoon is rough"

    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    (hands.push if scripts else hands.press)("nav button.to-dark")
    expect(page.locator("body")).not_to_have_css("background-color", before)
    hands.press("nav a[hreflang=ar]")
    assert (page.locator("html").get_attribute("dir"), page.url.rpartition("/ar/")[2]) == ("rtl", f"tickets/{number}")
