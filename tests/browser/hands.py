"""Who has a keyboard and nothing else: he reaches everything by the Tab key, sees where he is, and presses real keys.

All of it is asked of the browser, which answers whether the page's own scripts run or not.
"""

from typing import Any

from playwright.sync_api import Page

# More than any page has places to stop at, all passed once.
MOST_STOPS = 300
# The ring may lie around what stands for a field that is not seen itself: its label, or the button beside it.
_RING = """() => {
  const here = document.activeElement;
  const style = (one) => getComputedStyle(one);
  const shown = (one) => one && style(one).outlineStyle !== "none" && parseFloat(style(one).outlineWidth) > 1;
  const around = [here, here.nextElementSibling, here.closest("label"), here.closest("tr"), here.parentElement];
  return around.some(shown);
}"""
_HERE = "one => document.activeElement?.matches(one) ?? false"
# So many stops at the least lie between here and the next such place; -1 if there is none. Radio buttons are one stop.
_BEFORE = """selector => {
  const sure = "a[href], summary, button:enabled, select:enabled, textarea:enabled, input:enabled:not([type=radio])";
  const here = document.activeElement === document.body ? document.querySelector(":target") : document.activeElement;
  const follows = (one, other) => other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const ahead = (one) => follows(one, here ?? document.body);
  const stops = (one) => one.tabIndex === 0 && one.checkVisibility({ visibilityProperty: true });
  const places = [...document.querySelectorAll(selector)];
  const next = places.find(ahead);
  const between = (one) => next && ahead(one) && follows(next, one) && stops(one);
  return places.length ? [...document.querySelectorAll(sure)].filter(between).length : -1;
}"""


class Hands:
    """The keyboard before `page`. Selectors are those of CSS."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Listening from the first is what lets Playwright catch every window for files: that it listens takes a while.
        page.on("filechooser", lambda _: None)

    def reach(self, selector: str) -> None:
        """Go there by the Tab key alone, which is held down; where one is must be seen."""
        if not self.page.evaluate(_HERE, selector):
            for _ in range(self._stops_before(selector)):
                self.page.keyboard.down("Tab")
            self._walk(selector)
            self.page.keyboard.up("Tab")
        assert self.page.evaluate(_RING), f"nobody sees that {selector} has the focus on {self.page.url}"

    def _stops_before(self, selector: str) -> int:
        """How often the key may be pressed before one looks where one is."""
        stops = self.page.evaluate(_BEFORE, selector)
        if stops < 0:
            self.page.locator(selector).first.wait_for(state="attached")
        return max(0, int(stops))

    def _walk(self, selector: str) -> None:
        for _ in range(MOST_STOPS):
            self.page.keyboard.down("Tab")
            if self.page.evaluate(_HERE, selector):
                return
        raise AssertionError(f"no way to {selector} by the keyboard on {self.page.url}")

    def press(self, selector: str) -> None:
        """Follow the link, or send the form, and see the page that it leads to."""
        self.reach(selector)
        self.send()

    def push(self, selector: str) -> None:
        """A button that changes the page it stands on."""
        self.reach(selector)
        self.page.keyboard.press("Enter")

    def send(self) -> None:
        """Enter, where one is."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, selector: str, words: str) -> None:
        """In place of what stood there."""
        self.reach(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words) if "\n" in words else self.page.keyboard.type(words)

    def tick(self, selector: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Space")
        assert self.page.locator(selector).first.is_checked()

    def choose(self, selector: str, value: str) -> None:
        """Of a list that opens."""
        self.reach(selector)
        self.page.keyboard.press("Home")
        for _ in range(MOST_STOPS):
            if self.page.input_value(selector) == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{selector} has no {value} on {self.page.url}")

    def pick(self, selector: str) -> None:
        """Of choices that stand below each other."""
        name = self.page.locator(selector).first.get_attribute("name")
        self.reach(f"input[name='{name}']")
        for _ in range(20):
            if self.page.locator(selector).first.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{selector} cannot be picked on {self.page.url}")

    def attach(self, selector: str, file: dict[str, Any]) -> None:
        """What the browser's own window for files gives, which keys open."""
        self.reach(selector)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(file)
