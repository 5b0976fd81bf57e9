"""People at a page: with a mouse, with a finger, or with a keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Download, Locator, Page

from browsers import DEVICES

# As many stops as nobody should have to pass with the Tab key.
_STOPS = 150
_IS_FOCUSED = "element => element === document.activeElement"

# How a page is come to: the options of the browser, and what the visitor has at hand.
WAYS: dict[str, tuple[dict[str, Any], str]] = {
    "mouse": (DEVICES["desktop"], "mouse"),
    "keyboard alone": (DEVICES["desktop"], "keyboard"),
    "phone": (DEVICES["phone"], "finger"),
    "phone without JavaScript": ({**DEVICES["phone"], "java_script_enabled": False}, "finger"),
}


@dataclass(frozen=True)
class Visitor:
    """Somebody at *page*, with a ``mouse``, a ``finger``, or a ``keyboard``."""

    page: Page
    hand: str

    def goes_to(self, address: str) -> None:
        self.page.goto(address)

    def follows(self, name: str, *, first: bool = False) -> None:
        """Follow the link of that name, or the *first* one whose name has it."""
        found = self.page.get_by_role("link", name=name, exact=not first)
        self.presses(found.first if first else found)

    def presses(self, target: Locator) -> None:
        """Press a link or a button."""
        if self.hand == "keyboard":
            self.reaches(target)
            self.page.keyboard.press("Enter")
        elif self.hand == "finger":
            target.tap()
        else:
            target.click()

    def writes(self, label: str, text: str) -> None:
        """Write *text* into the field of that label, and send the form."""
        field = self.page.get_by_label(label)
        if self.hand == "keyboard":
            self.reaches(field)
        else:
            self.presses(field)
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def downloads(self, name: str) -> Download:
        """Follow a link to a file."""
        with self.page.expect_download() as started:
            self.follows(name)
        return started.value

    def reaches(self, target: Locator) -> None:
        """Come to *target* with the Tab key, from wherever the focus is."""
        for _stop in range(_STOPS):
            if target.evaluate(_IS_FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached with {_STOPS} presses of Tab")

    @property
    def heading(self) -> str:
        """What the page is headed."""
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def said(self) -> str:
        """The sentence that the page begins with."""
        return self.page.locator(".said").first.inner_text()
