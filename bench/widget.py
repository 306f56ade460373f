"""Row ``widget``: what the chat costs a page over the wire, and how soon it is there. ``python -m bench.widget``

Beside it, the goals: 12 kB before it is opened, 30 kB after, and one frame of a usual screen.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from helpline.app.demo import seed
from helpline.app.logs import configure
from helpline.app.migrate import migrate
from helpline.app.settings import Settings
from tests.running import Running

from .report import Case, show

KB = 1000
BEFORE, AFTER = 12.0, 30.0
FRAME = 1000 / 60
"""Milliseconds that a screen shows one picture."""
LAUNCHER = "document.querySelector('helpline-chat')?.shadowRoot.querySelector('.launch')"
_FRAME = "new Promise((go) => requestAnimationFrame(() => setTimeout(() => go(performance.now() - began))))"
_CLICK = f"(() => {{ const began = performance.now(); {LAUNCHER}.click(); return {_FRAME} }})()"


class Wire:
    """Counts the bodies of what a page fetches of the widget, as they come over the wire."""

    def __init__(self, page: Page) -> None:
        self.sizes: list[Response] = []
        page.on("response", lambda response: self.sizes.append(response) if "/widget" in response.url else None)

    def kilobytes(self) -> float:
        """So far."""
        return sum(response.request.sizes()["responseBodySize"] for response in self.sizes) / KB


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=9)
    asked.add_argument("--quick", action="store_true", help="two rounds")
    given = asked.parse_args()
    configure("error")
    before, after = Case("widget before it is opened", "kB", 1.0, "lower"), Case("widget opened", "kB", 1.0, "lower")
    emoji = Case("widget opened, with emoji", "kB", 1.2, "lower")
    click = Case("from the click to the next frame", "ms", 1.0, "lower")
    with tempfile.TemporaryDirectory(prefix="helpline-bench-") as folder:
        settings = Settings(data=Path(folder) / "data", secret="for the benchmark")
        migrate(settings)
        key = seed(settings)
        with Running(settings, demo_key=key) as server, sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            for _ in range(2 if given.quick else given.rounds):
                _round(browser, f"{server.url}/try/{key}", before, after, emoji, click)
            browser.close()
    show([before, after, emoji, click])


def _round(browser: Browser, address: str, before: Case, after: Case, emoji: Case, click: Case) -> None:
    context = browser.new_context(locale="en", bypass_csp=True)
    page = context.new_page()
    wire = Wire(page)
    page.goto(address)
    page.get_by_role("button", name="Open the chat").wait_for()
    before.add(wire.kilobytes(), BEFORE, 1)
    page.get_by_role("button", name="Open the chat").hover()  # as a hand comes near, the parts are fetched
    page.wait_for_load_state("networkidle")
    click.add(page.evaluate(_CLICK), FRAME, 1)
    page.get_by_role("textbox", name="Write a message").wait_for()
    after.add(wire.kilobytes(), AFTER, 1)
    page.get_by_role("button", name="Emoji").click()
    page.get_by_role("group", name="Emoji", exact=True).wait_for()
    emoji.add(wire.kilobytes(), AFTER, 1)
    context.close()


if __name__ == "__main__":
    main()
