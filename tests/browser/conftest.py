"""A real browser, where there is one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from helpline.app.demo import seed
from helpline.app.pages import STATIC
from helpline.app.settings import Settings
from tests.running import Running

CHROMIUM = os.environ.get("HELPLINE_CHROMIUM") or next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
IS_BUILT = (STATIC / "desk" / "index.html").is_file() and (STATIC / "widget" / "widget.js").is_file()
WHY_NOT = "no browser: install chromium to run these" if not CHROMIUM else "desk and widget are not built"
SHOTS = Path(os.environ.get("HELPLINE_SCREENSHOTS", "screenshots"))
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages of made-up sites may load the chat from this very machine.
    "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM or not IS_BUILT:
                item.add_marker(pytest.mark.skip(reason=WHY_NOT))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def person(browser: Browser) -> Iterator["NewPerson"]:
    """Makes people: each has a browser profile of their own."""
    people = NewPerson(browser)
    yield people
    people.leave()


class NewPerson:
    """A way to open browser profiles that are closed at the end."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def __call__(
        self,
        *,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        locale: str = "en",
        zone: str | None = None,
    ) -> BrowserContext:
        """A fresh profile with a window of this size."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=locale,
            timezone_id=zone,
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        return context

    def leave(self) -> None:
        """Close all of them."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def demo(sqlite_template: Path, tmp_path: Path) -> Iterator[Running]:
    """The demo, as `helpline demo` seeds and serves it."""
    with demo_in(tmp_path / "demo", sqlite_template) as server:
        yield server


@contextmanager
def demo_in(data: Path, template: Path, **more: str) -> Iterator[Running]:
    """The demo with its files in this folder."""
    data.mkdir()
    shutil.copy(template, data / "helpline.sqlite3")
    settings = Settings(data=data, secret="for tests only", **more)
    key = seed(settings)
    with Running(settings, demo_key=key) as server:
        yield server
