"""What a stranger does first: write in the shop, answer in the desk, complete the record."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running

PASSWORD = "kestrel-demo"


def _sign_in(page: Page, running: Running, email: str) -> None:
    page.goto(running.url)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def _be_ready(page: Page) -> None:
    page.get_by_role("button", name="Your availability").click()
    page.get_by_role("menuitemradio", name="Ready").or_(page.get_by_role("menuitem", name="Ready")).first.click()
    expect(page.get_by_role("button", name="Your availability")).to_contain_text("Ready")


def test_a_visitor_and_an_agent_talk_and_the_record_is_completed(demo: Running, person: NewPerson) -> None:
    desk = person().new_page()
    _sign_in(desk, demo, "amara@kestrel.example")
    _be_ready(desk)

    shop = person(width=1280, height=800).new_page()
    shop.goto(f"{demo.url}/demo")
    shop.get_by_role("button", name="chat").first.click()
    shop.get_by_role("textbox").last.fill("Is the Ridge 45 in stock in green?")
    shop.keyboard.press("Enter")

    desk.get_by_role("link", name="Is the Ridge 45 in stock in green?").click()
    expect(desk.get_by_role("log")).to_contain_text("Is the Ridge 45 in stock in green?")
    desk.keyboard.press("r")
    desk.keyboard.type("It is, and it leaves today.")
    desk.keyboard.press("Control+Enter")
    expect(shop.get_by_role("log")).to_contain_text("It is, and it leaves today.")
    shop.screenshot(path=SHOTS / "widget.png")

    desk.get_by_label("Result").first.select_option(index=1)
    desk.get_by_label("Reasons").first.click()
    desk.get_by_role("option", name="Availability").click()
    desk.keyboard.press("Escape")
    desk.get_by_label("Notes").first.fill("In stock in green, leaves today.")
    expect(desk.get_by_text("Saved", exact=True).first).to_be_visible()
    desk.screenshot(path=SHOTS / "inbox.png")
    desk.get_by_label("Notes").first.press("Control+Enter")
    expect(shop.get_by_text("Write again any time")).to_be_visible()

    desk.get_by_role("link", name="Records").click()
    desk.get_by_role("row").nth(1).get_by_role("link", name="View").click()
    expect(desk.get_by_text("Completed").first).to_be_visible()
    expect(desk.get_by_text("In stock in green, leaves today.").first).to_be_visible()
    desk.screenshot(path=SHOTS / "record.png")
