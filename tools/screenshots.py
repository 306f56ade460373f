"""Takes the pictures of the documentation from the running demo: ``python tools/screenshots.py`` (needs Chromium).

With ``--all FOLDER`` every screen in both sizes and looks instead; ``--only PATTERN`` of them.
"""

import argparse
import os
import re
import shutil
import subprocess
from pathlib import Path

from chats import CHAT
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from screens import sit_down, take_all
from stage import URL, Person, served, stage

IMAGES = Path(__file__).parents[1] / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    """All pictures, one after the other."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--all", type=Path, metavar="FOLDER", help="every screen of desk and chat, to be looked at")
    asked.add_argument("--only", default="", metavar="PATTERN", help="of those, the ones whose names fit")
    given = asked.parse_args()
    with sync_playwright() as playwright:
        path = os.environ.get("HELPLINE_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        if given.all:
            take_all(browser, given.all, given.only)
        else:
            with served():
                _take(browser)
            _make_smaller()
        browser.close()


def _take(browser: Browser) -> None:
    ids = stage(browser)
    desks = {who: sit_down(_window(browser), who) for who in ("amara", "jonas", "yating", "tomas", "ingrid")}
    for who, state in (("amara", "ready"), ("yating", "break"), ("jonas", "ready")):
        _say(who, state)
    _inbox(desks["amara"], ids["active"])
    _page(desks["amara"], "contacts", "/contacts", "Bram de Vries")
    _page(desks["tomas"], "records", "/records", "Leila Haddad")
    solved = desks["tomas"].get_by_role("row").filter(has_text="Replacement sent").nth(1)
    solved.get_by_role("link", name="View").click()
    expect(desks["tomas"].get_by_role("button", name="Reopen")).to_be_visible()
    desks["tomas"].screenshot(path=IMAGES / "record.png")
    _page(desks["tomas"], "board", "/board", "Waits today")
    admin = desks["ingrid"]
    _page(admin, "roles", "/settings/roles", "What each role may do")
    admin.goto(f"{URL}/settings/channels")
    admin.locator("main").get_by_role("link", name=re.compile("outdoor", re.IGNORECASE)).first.click()
    expect(admin.get_by_text("data-key").first).to_be_visible()
    expect(admin.frame_locator("iframe").get_by_role("textbox")).to_be_visible()
    admin.screenshot(path=IMAGES / "channel.png")
    shop = _window(browser, 1280, 800).new_page()
    shop.goto(f"{URL}/demo")
    CHAT["answered"](shop)
    shop.screenshot(path=IMAGES / "widget.png")


def _make_smaller() -> None:
    """To a palette, which nobody sees: a third of the bytes."""
    if found := shutil.which("pngquant"):
        subprocess.run([found, "--force", "--ext", ".png", "--strip", *sorted(IMAGES.glob("*.png"))], check=True)


def _window(browser: Browser, width: int = 1440, height: int = 900) -> BrowserContext:
    return browser.new_context(viewport={"width": width, "height": height}, locale="en")


def _say(who: str, state: str) -> None:
    agent = Person(who)
    agent.do("patch", "me", locale="en")
    reason = agent.get("break-reasons")[0]["id"] if state == "break" else None
    agent.do("put", "me/availability", state=state, **({"reason_id": reason} if reason else {}))


def _inbox(desk: Page, conversation_id: str) -> None:
    desk.goto(f"{URL}/inbox/mine/{conversation_id}")
    desk.get_by_label("Result").first.select_option(label="Replacement sent")
    desk.get_by_label("Notes").first.fill(
        "Box dented, side seam torn. Needs the pack by Friday; replacement leaves today."
    )
    expect(desk.get_by_text("Saved", exact=True).first).to_be_visible()
    expect(desk.get_by_role("button", name="Your availability")).to_contain_text("Ready")
    expect(desk.get_by_role("log").get_by_role("img").first).to_be_visible()
    desk.screenshot(path=IMAGES / "inbox.png")


def _page(desk: Page, name: str, place: str, shown: str) -> None:
    desk.goto(f"{URL}{place}")
    expect(desk.get_by_text(shown).first).to_be_visible()
    expect(desk.locator(".skeleton")).to_have_count(0)
    desk.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
