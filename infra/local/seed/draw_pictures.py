"""Renders the drawings of the demo's help centre: `python -m infra.local.seed.draw_pictures` after one was changed.

A drawing says `[[English|العربية]]` where the languages differ, be it a word or a place: it becomes two pictures.
"""

import base64
import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parent / "demo" / "pictures"
LOCALES = ("en", "ar")
_CHOICE = re.compile(r"\[\[([^|\]]*)\|([^|\]]*)\]\]")
_FONTS = Path(__file__).parents[3] / "portal_static" / "fonts"
_QUALITY = 0.9
# Chromium is the only encoder of WebP that is here anyway.
_TO_WEBP = """async ([png, quality]) => {
    const picture = await createImageBitmap(await (await fetch(png)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext("2d").drawImage(picture, 0, 0);
    const blob = await canvas.convertToBlob({type: "image/webp", quality});
    return await new Promise(done => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result);
        reader.readAsDataURL(blob);
    });
}"""


def draw_all() -> None:
    """Write every picture beside its drawing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser())
        page = browser.new_page(viewport={"width": 960, "height": 520}, device_scale_factor=1.5)
        for drawing in sorted(PICTURES.glob("*.svg")):
            for name, source in versions(drawing).items():
                (PICTURES / name).write_bytes(_rendered(page, source))
        browser.close()


def versions(drawing: Path) -> dict[str, str]:
    """The pictures that a drawing becomes: what SVG each is made of, by the picture's file name."""
    source = drawing.read_text(encoding="utf-8")
    if not _CHOICE.search(source):
        return {f"{drawing.stem}.webp": source}
    return {f"{drawing.stem}.{locale}.webp": _chosen(source, place) for place, locale in enumerate(LOCALES, 1)}


def _chosen(source: str, place: int) -> str:
    return _CHOICE.sub(lambda choice: choice[place], source)


def _rendered(page: Page, source: str) -> bytes:
    page.set_content(f"<style>{_faces()}body{{margin:0}}svg{{display:block;width:960px}}</style>{source}")
    page.evaluate("document.fonts.ready")
    png = base64.b64encode(page.locator("svg").screenshot()).decode()
    webp = page.evaluate(_TO_WEBP, [f"data:image/png;base64,{png}", _QUALITY])
    return base64.b64decode(webp.partition(",")[2])


def _faces() -> str:
    faces = []
    for script, letters in (("latin", "U+0-5FF, U+2000-22FF"), ("arabic", "U+600-6FF, U+FB50-FEFF")):
        for weight in (400, 600):
            font = base64.b64encode((_FONTS / f"vazirmatn-{script}-{weight}-normal.woff2").read_bytes()).decode()
            faces.append(
                f'@font-face{{font-family:"Vazirmatn";font-weight:{weight};unicode-range:{letters};'
                f'src:url("data:font/woff2;base64,{font}")}}'
            )
    return "".join(faces)


def _browser() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        raise SystemExit("the pictures are drawn by Chromium, and none is here")
    return found


if __name__ == "__main__":
    draw_all()
