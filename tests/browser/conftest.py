"""Chromium before the running product: contexts with or without scripts, signed in or not."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.product import Product, running

# Debian's sandbox needs a user namespace that containers lack; the rest keeps Chromium from calling home, and V8 from
# compiling well what runs for a second: that takes longer than it saves.
SWITCHES = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--js-flags=--no-opt --no-maglev",
]  # fmt: skip
PICTURES = os.environ.get("PICTURES")


def follow(page: Page, selector: str) -> None:
    """Press it, and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator(selector).first.click()


Open = Callable[..., Page]


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(tmp_path_factory.mktemp("pages") / "data") as started:
        yield started


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def let_in(product: Product) -> Callable[[Page, str, str, bool], None]:
    """Signs somebody in by a link, and from then on every other browser of his by the cookies that this one got."""
    cookies: dict[tuple[str, str, bool], Any] = {}

    def signed_in(page: Page, email: str, role: str, scripts: bool) -> None:
        who = (email, role, scripts)
        if who in cookies:
            page.context.add_cookies(cookies[who])
            return
        page.goto(product.local("POST", "login", {"email": email, "role": role})["url"])
        follow(page, "form[action*=sign-in] button")
        cookies[who] = page.context.cookies()

    return signed_in


@pytest.fixture
def open_page(product: Product, chromium: Browser, let_in: Callable[[Page, str, str, bool], None]) -> Iterator[Open]:
    """`open_page(scripts=False, width=390, theme="dark", email=…, role=…)`: a page of a browser of its own.

    What the browser complains of (a blocked style, a missing file) fails the test at its end.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(
        *, scripts: bool = True, width: int = 1280, theme: str = "light", email: str = "", role: str = "customer"
    ) -> Page:
        context = chromium.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": 800},
            color_scheme=theme,  # type: ignore[arg-type]
            base_url=product.url,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if email:
            let_in(page, email, role, scripts)
        return page

    yield opened
    for context in contexts:
        context.close()
    # Chromium reports an answer of 4xx as an error; the tests look at those themselves.
    assert [one for one in complaints if "Failed to load resource" not in one] == []


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a screenshot of the whole page in the folder that the variable PICTURES names, if it names one."""

    def take(page: Page, name: str) -> None:
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

    return take
