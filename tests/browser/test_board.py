"""The board in a browser: a queue that moves before one's eyes, and what a supervisor does about it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running

PASSWORD = "kestrel-demo"


def _desk(person: NewPerson, demo: Running, who: str, path: str = "/", **look: object) -> Page:
    page = person(**look).new_page()  # type: ignore[arg-type]
    page.goto(f"{demo.url}{path}")
    page.get_by_label("E-mail").fill(f"{who}@kestrel.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def _say(page: Page, state: str) -> None:
    page.get_by_role("button", name="Your availability").click()
    page.get_by_role("menuitemradio", name=state).click()
    expect(page.get_by_role("button", name="Your availability")).to_contain_text(state)


def _write(person: NewPerson, demo: Running, text: str) -> Page:
    shop = person().new_page()
    shop.goto(f"{demo.url}/demo")
    shop.get_by_role("button", name="chat").first.click()
    shop.get_by_role("textbox").last.fill(text)
    shop.keyboard.press("Enter")
    expect(shop.get_by_text(text)).to_be_visible()
    return shop


def _answered_in_time(board: Page) -> tuple[int, int]:
    """How many of how many were today; the demo's day has begun, or has not, depending on when this runs."""
    said = re.search(r"(\d+) of (\d+) within 1:00", board.get_by_role("main").inner_text())
    return (int(said[1]), int(said[2])) if said else (0, 0)


def test_a_queue_moves_live_and_a_supervisor_acts(demo: Running, person: NewPerson) -> None:
    board = _desk(person, demo, "tomas", "/board")
    queue = board.get_by_role("row").filter(has=board.get_by_role("button", name="Orders", exact=True))
    waiting = queue.get_by_role("cell").first
    expect(waiting).to_have_text("0")
    answered, all_of_them = _answered_in_time(board)

    _write(person, demo, "Where is my parcel?")
    expect(waiting).to_have_text("1")
    expect(board.get_by_text("Nobody is there for Orders.")).to_be_visible()

    amara = _desk(person, demo, "amara")
    _say(amara, "Ready")
    expect(waiting).to_have_text("0")
    row = board.get_by_role("button", name="Amara Okafor")
    expect(row).to_contain_text("Amara Okafor")
    expect(board.get_by_role("heading", name="Serving")).to_be_visible()
    expect(board.get_by_text(f"{answered + 1} of {all_of_them + 1} within 1:00")).to_be_visible()

    jonas = _desk(person, demo, "jonas")
    _say(jonas, "Busy")
    expect(board.get_by_role("heading", name="Busy")).to_be_visible()

    row.click()
    dialog = board.get_by_role("dialog", name="Amara Okafor")
    expect(dialog.get_by_text("Where is my parcel?")).to_be_visible()
    dialog.get_by_role("button", name="Offline").click()
    expect(amara.get_by_role("button", name="Your availability")).to_contain_text("Offline")
    dialog.get_by_role("button", name="Actions for").click()
    board.get_by_role("menuitem", name="Take over").click()
    expect(dialog.get_by_text("Serves nobody right now.")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(board.get_by_role("button", name="Your availability")).to_contain_text("1/")
    board.screenshot(path=SHOTS / "board.png")


def test_agents_have_no_board(demo: Running, person: NewPerson) -> None:
    amara = _desk(person, demo, "amara")
    expect(amara.get_by_role("link", name="Inbox").first).to_be_visible()
    expect(amara.get_by_role("link", name="Board")).to_have_count(0)
