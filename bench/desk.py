"""Row ``desk``: what the inbox costs over the wire, and how soon it is usable. ``python -m bench.desk``

Usable is: the list stands and the mark says that the desk is live. Beside it, the goals: 200 kB of JavaScript, and two seconds on a
processor that is four times slower.
"""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, sync_playwright

from helpline.app.demo import seed
from helpline.app.logs import configure
from helpline.app.migrate import migrate
from helpline.app.settings import Settings
from tests.running import Running

from .report import Case, show

KB = 1000
SCRIPTS, SECONDS = 200.0, 2.0
SLOWER = 4
WHO = {"email": "amara@kestrel.example", "password": "kestrel-demo"}


class Scripts:
    """Counts the JavaScript that a page fetches, as Chromium says it came over the wire."""

    def __init__(self, wire: CDPSession) -> None:
        self._kinds: dict[str, str] = {}
        self.bytes = 0
        wire.on("Network.responseReceived", lambda said: self._kinds.update({said["requestId"]: said["type"]}))
        wire.on("Network.loadingFinished", self._finished)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _finished(self, said: dict[str, object]) -> None:
        if self._kinds.get(str(said["requestId"])) == "Script":
            self.bytes += int(str(said["encodedDataLength"]).split(".")[0])


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=9)
    asked.add_argument("--quick", action="store_true", help="two rounds")
    given = asked.parse_args()
    configure("error")
    scripts, usable = Case("desk, scripts of the inbox", "kB", 1.0, "lower"), Case("desk, usable", "s", 1.0, "lower")
    with tempfile.TemporaryDirectory(prefix="helpline-bench-") as folder:
        settings = Settings(data=Path(folder) / "data", secret="for the benchmark")
        migrate(settings)
        key = seed(settings)
        with Running(settings, demo_key=key) as server, sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            for _ in range(2 if given.quick else given.rounds):
                _round(browser, server.url, scripts, usable)
            browser.close()
    show([scripts, usable])


def _round(browser: Browser, address: str, scripts: Case, usable: Case) -> None:
    context = browser.new_context(locale="en")
    context.request.post(f"{address}/api/session", data=WHO)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    fetched = Scripts(wire)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    began = time.perf_counter()
    page.goto(f"{address}/inbox", wait_until="commit")
    page.locator(".live[data-state=live]").first.wait_for()
    page.locator("main h1, main h2").first.wait_for(state="attached")
    usable.add(time.perf_counter() - began, SECONDS, 1)
    scripts.add(fetched.bytes / KB, SCRIPTS, 1)
    context.close()


if __name__ == "__main__":
    main()
