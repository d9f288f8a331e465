"""Who looks at a page on a desk and on a phone, in light and in dark: by axe's rules, and keeping a picture.

The page is not loaded anew for the other sight: nothing but its style sheets knows of either, and no script asks for
the width of the window.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Page

from tests.browser.conftest import follow

LANGUAGES = ["en", "ar"]
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text()
# Only what is wrong comes out of the page: all that axe found right there is a megabyte.
VIOLATIONS = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`));
}"""


class Sight(NamedTuple):
    width: int
    theme: Literal["light", "dark"]


DESK, PHONE = Sight(1280, "light"), Sight(390, "dark")


def check(page: Page) -> None:
    """No violation of axe's rules, and nothing wider than the screen."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


class Eyes:
    """What sees `page` at both sights, the one it was left at first; what is done there is possible at both."""

    def __init__(self, page: Page, picture: Callable[[Page, str], None]) -> None:
        self.page = page
        self.picture = picture
        self.sights = [DESK, PHONE]
        self._show()

    def look(self, name: str = "") -> None:
        """Check the page, and keep a picture of it under `name`, if it has one."""
        self.each(lambda: self._look(name))

    def fill(self, selector: str, words: str) -> None:
        self.each(lambda: self.page.fill(selector, words))

    def press(self, selector: str) -> None:
        """Follow the link or send the form, which nothing lies on at either sight."""
        self.page.locator(selector).first.click(trial=True)
        self._turn()
        follow(self.page, selector)

    def each(self, act: Callable[[], None]) -> None:
        """Do what may be done twice, once at each sight."""
        act()
        self._turn()
        act()

    def _look(self, name: str) -> None:
        check(self.page)
        if name:
            self.picture(self.page, f"{name}.{self.sights[0].width}")

    def _turn(self) -> None:
        self.sights.reverse()
        self._show()

    def _show(self) -> None:
        sight = self.sights[0]
        self.page.set_viewport_size({"width": sight.width, "height": 800})
        # While colours fade from one theme to the other, they are neither's.
        self.page.emulate_media(color_scheme=sight.theme, reduced_motion="reduce")
