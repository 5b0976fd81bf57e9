"""Pictures of the pages, as a person sees them: ``python tests/screenshots.py FOLDER [NAME…]``.

Each page comes as a desktop and as a phone shows it (``answer-phone.png``); names choose among the
pictures. The service is started for it, with the bundled content.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser

from browsers import DEVICES, launched
from services import serving

# A day after the newest source: what is shown does not hang on the day of the picture.
DAY = "2026-03-01"
ANSWER = urlencode({"q": "vem representerar oss i Beredningsgrupp 2", "on_date": DAY})
PICTURES = {
    "start": "/",
    "body": f"/res/organization/beredningsgrupp-2-nhv?on_date={DAY}",
    "answer": f"/ask?{ANSWER}",
    "checks": f"/checks?on_date={DAY}",
    "onboarding": f"/onboarding/organization/samverkansnamnden?for=region-varmland&on_date={DAY}",
    "picture": f"/network?thing=BG2&on_date={DAY}#picture",
}
# How much of a page is shown: no more than fits into a README.
SHOWN = {"desktop": {"width": 1200, "height": 640}, "phone": {"width": 360, "height": 740}}
NAMES = {f"{page}-{device}": (page, device) for page in PICTURES for device in DEVICES}


def take(folder: Path, wanted: list[str]) -> None:
    """Write the *wanted* pictures into *folder*, the top of each page."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as logs,
        serving(Path(logs)) as service,
        launched() as browser,
    ):
        for name in wanted:
            page, device = NAMES[name]
            _take(browser, f"{service}{PICTURES[page]}", device, folder / f"{name}.png")


def _take(browser: Browser, address: str, device: str, path: Path) -> None:
    page = browser.new_page(locale="sv-SE", **{**DEVICES[device], "viewport": SHOWN[device]})
    page.goto(address)
    page.screenshot(path=path)
    page.close()
    sys.stdout.write(f"{path} ({path.stat().st_size // 1000} kB)\n")


def main(arguments: list[str]) -> str | None:
    """Take the pictures that the *arguments* ask for; what is wrong with these, if anything."""
    if not arguments or any(argument.startswith("-") for argument in arguments):
        return __doc__
    folder, *names = arguments
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        return f"There is no picture {', '.join(unknown)}. There are: {', '.join(NAMES)}."
    take(Path(folder), names or list(NAMES))
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
