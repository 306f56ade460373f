"""A real browser, where there is one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from helpline.app.pages import STATIC
from helpline.app.settings import Settings
from tests.browser.seeded import SECRET, Seeded
from tests.running import PATIENCE, Running

expect.set_options(timeout=PATIENCE * 1000)
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
        self._speechless: set[str] = set()

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
        context.set_default_timeout(PATIENCE * 1000)
        context.on("console", lambda said: self._hear(said.text))
        self._contexts.append(context)
        return context

    def _hear(self, said: str) -> None:
        if said.startswith("no text in "):
            self._speechless.add(said)

    def leave(self) -> None:
        """Close all of them; none of their pages may have stood there with the name of a text in its place."""
        for context in self._contexts:
            context.close()
        assert not self._speechless


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Seeded:
    """What the demos of all tests are copied from."""
    return Seeded(tmp_path_factory, sqlite_template)


@pytest.fixture
def demo(seeded: Seeded, tmp_path: Path) -> Iterator[Running]:
    """The demo, as `helpline demo` seeds and serves it."""
    with demo_in(tmp_path / "demo", seeded) as server:
        yield server


@contextmanager
def demo_in(data: Path, seeded: Seeded, **more: str) -> Iterator[Running]:
    """The demo with its files in this new folder."""
    key = seeded.copy(data)
    with Running(Settings(data=data, secret=SECRET, **more), demo_key=key) as server:
        yield server
