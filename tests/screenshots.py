"""Pictures of the pages, as a person sees them: ``python tests/screenshots.py FOLDER [NAME…]``.

Each page comes on a desktop and on a phone (``answer-phone.png``). Names choose among the pictures.
The service is started for it, with the bundled content.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from browsers import CHROMIUM, DEVICES, OPTIONS
from services import serving

# A day after the newest source: what is shown does not change with the day of the picture.
DAY = "2026-03-01"
MAIN = "vem representerar oss i Beredningsgrupp 2"
# Name → address, and how much of the page is shown: as much as fits, or all of it.
PICTURES = {
    "start": "/",
    "body": f"/res/organization/beredningsgrupp-2-nhv?on_date={DAY}",
    "answer": f"/ask?q={quote(MAIN)}&on_date={DAY}",
    "checks": f"/checks?on_date={DAY}",
}


def take(folder: Path, wanted: list[str]) -> None:
    """Write the *wanted* pictures into *folder*; all where none is named."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {f"{page}-{device}": (page, device) for page in PICTURES for device in DEVICES}
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        sys.exit(f"There is no picture {', '.join(unknown)}; there are {', '.join(names)}.")
    with (
        tempfile.TemporaryDirectory() as logs,
        serving(Path(logs)) as service,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name in wanted or names:
            page, device = names[name]
            _take(browser, f"{service}{PICTURES[page]}", device, folder / f"{name}.png")
        browser.close()


def _take(browser: Browser, address: str, device: str, path: Path) -> None:
    context = browser.new_context(locale="sv-SE", **DEVICES[device])
    page = context.new_page()
    page.goto(address)
    page.screenshot(path=path)
    context.close()
    sys.stdout.write(f"{path} ({path.stat().st_size // 1024} KiB)\n")


if __name__ == "__main__":
    if not CHROMIUM:
        sys.exit("Pictures need Debian's chromium (apt install chromium).")
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    take(Path(sys.argv[1]), sys.argv[2:])
