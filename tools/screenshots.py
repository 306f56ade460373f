"""Takes the pictures of the documentation from the running demo: ``python tools/screenshots.py`` (needs Chromium).

With ``--all FOLDER`` every screen in both sizes and looks instead; ``--only PATTERN`` of them.
"""

import argparse
import os
import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright
from screens import take_all
from stage import PASSWORD, URL, served

IMAGES = Path(__file__).parents[1] / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

TALK = (
    ("visitor", "Hi, my Ridge 45 arrived today and the side seam is torn. I leave for a hike on Friday."),
    ("agent", "I’m sorry, that should not happen. Could you send me the order number?"),
    ("visitor", "KO-48213. The box was dented too."),
    ("note", "Third damaged parcel from the same depot this week."),
    (
        "agent",
        "Thank you. A new one leaves today and is with you on Thursday. You don’t have to send the old one back.",
    ),
    ("visitor", "Green is perfect. Thank you!"),
)


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
        browser.close()


def _take(browser: Browser) -> None:
    desk = _desk(browser, "amara@kestrel.example")
    desk.get_by_role("button", name="Your availability").click()
    desk.get_by_role("menuitemradio", name="Ready").click()
    shop = _shop(browser)
    for who, text in TALK:
        if who == "visitor":
            _write(shop, text)
            _open(desk, text)
        else:
            _answer(desk, text, internal=who == "note")
    _write(_shop(browser), "Is the Tarn bottle dishwasher safe?")
    expect(desk.get_by_text("Is the Tarn bottle dishwasher safe?")).to_be_visible()
    desk.get_by_label("Result").first.select_option(index=1)
    desk.get_by_label("Notes").first.fill(
        "Box dented, side seam torn. Needs the pack by Friday; replacement leaves today."
    )
    expect(desk.get_by_text("Saved", exact=True).first).to_be_visible()
    desk.screenshot(path=IMAGES / "inbox.png")
    shop.screenshot(path=IMAGES / "widget.png")
    desk.get_by_role("link", name="Records").click()
    expect(desk.get_by_role("table")).to_be_visible()
    desk.screenshot(path=IMAGES / "records.png")
    desk.get_by_role("row").nth(4).get_by_role("link", name="View").click()
    expect(desk.get_by_role("button", name="Reopen")).to_be_visible()
    desk.screenshot(path=IMAGES / "record.png")
    admin = _desk(browser, "ingrid@kestrel.example")
    admin.goto(f"{URL}/settings/channels")
    admin.locator("main").get_by_role("link", name=re.compile("outdoor", re.IGNORECASE)).first.click()
    expect(admin.get_by_text("data-key").first).to_be_visible()
    admin.screenshot(path=IMAGES / "channel.png")


def _desk(browser: Browser, email: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en").new_page()
    page.goto(URL)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    return page


def _shop(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en").new_page()
    page.goto(f"{URL}/demo")
    page.get_by_role("button", name="chat").first.click()
    return page


def _write(shop: Page, text: str) -> None:
    shop.get_by_role("textbox").last.fill(text)
    shop.keyboard.press("Enter")


def _open(desk: Page, text: str) -> None:
    desk.get_by_role("link", name=text[:30]).first.click()
    expect(desk.get_by_role("log")).to_contain_text(text)


def _answer(desk: Page, text: str, *, internal: bool) -> None:
    desk.get_by_role("tab", name="Note" if internal else "Reply").click()
    desk.get_by_role("textbox", name=re.compile("Internal note|Reply to")).fill(text)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("log")).to_contain_text(text)


if __name__ == "__main__":
    main()
