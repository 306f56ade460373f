"""The desk on a phone, in the dark, in Traditional Chinese; and the first run of an empty installation."""

from playwright.sync_api import expect

from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running


def test_the_desk_on_a_phone_in_chinese_and_dark(demo: Running, person: NewPerson) -> None:
    page = person(width=390, height=844, dark=True, locale="zh-TW").new_page()
    page.goto(demo.url)
    page.locator("input[type=email]").fill("yating@kestrel.example")
    page.screenshot(path=SHOTS / "signin-phone-dark-zh.png")
    page.locator("input[type=password]").fill("kestrel-demo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="我的對話")).to_be_visible()
    page.screenshot(path=SHOTS / "inbox-phone-dark-zh.png")
    page.goto(f"{demo.url}/records")
    expect(page.get_by_role("heading", name="服務紀錄")).to_be_visible()
    page.screenshot(path=SHOTS / "records-phone-dark-zh.png")


def test_an_empty_installation_is_set_up_in_the_browser(running: Running, person: NewPerson) -> None:
    page = person(zone="Asia/Taipei").new_page()
    page.goto(running.url)
    for label, value in (("Name of your workspace", "Acme"), ("Your name", "Ada"), ("E-mail", "ada@acme.example")):
        page.get_by_label(label).fill(value)
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Taipei")
    page.screenshot(path=SHOTS / "setup.png")
    page.locator("input[type=password]").first.fill("a long enough password")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is waiting for you")).to_be_visible()
    page.goto(f"{running.url}/settings/workspace")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Taipei")
    page.goto(running.url)
    expect(page.get_by_text("Nothing is waiting for you")).to_be_visible()
    page.screenshot(path=SHOTS / "first-inbox.png")
