"""The chat as visitors meet it: two tabs, a reload, a phone, the keyboard alone."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running


def _open_chat(page: Page, running: Running) -> None:
    page.goto(f"{running.url}/demo")
    page.get_by_role("button", name="chat").first.click()


def test_two_tabs_and_a_reload_show_the_same_conversation(demo: Running, person: NewPerson) -> None:
    visitor = person(width=1280, height=800)
    first, second = visitor.new_page(), visitor.new_page()
    _open_chat(first, demo)
    first.get_by_role("textbox").last.fill("Do you repair jackets?")
    first.keyboard.press("Enter")
    expect(first.get_by_text("You are next")).to_be_visible()
    second.goto(f"{demo.url}/demo")
    second.get_by_role("button", name="chat").first.click()
    expect(second.get_by_role("log")).to_contain_text("Do you repair jackets?")
    second.get_by_role("textbox").last.fill("It is the green one.")
    second.keyboard.press("Enter")
    expect(first.get_by_role("log")).to_contain_text("It is the green one.")
    first.reload()
    expect(first.get_by_role("log").get_by_text("It is the green one.")).to_have_count(1)
    expect(first.get_by_role("log").get_by_text("Do you repair jackets?")).to_have_count(1)


def test_what_is_written_without_a_connection_arrives_once_it_is_back(demo: Running, person: NewPerson) -> None:
    visitor = person()
    page = visitor.new_page()
    _open_chat(page, demo)
    page.get_by_role("textbox").last.fill("first")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are next")).to_be_visible()
    visitor.set_offline(True)
    page.get_by_role("textbox").last.fill("written in the tunnel")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are offline")).to_be_visible()
    visitor.set_offline(False)
    expect(page.get_by_text("You are offline")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("log").get_by_text("written in the tunnel")).to_have_count(1)


def test_on_a_phone_by_keyboard_in_chinese_and_dark(demo: Running, person: NewPerson) -> None:
    page = person(width=390, height=844, dark=True, locale="zh-TW").new_page()
    page.goto(f"{demo.url}/demo")
    launcher = page.get_by_role("button", name="聊天").or_(page.get_by_role("button", name="對話")).first
    launcher.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox").last).to_be_focused()
    page.keyboard.type("請問有現貨嗎？")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("請問有現貨嗎？")
    page.screenshot(path=SHOTS / "widget-phone-dark-zh.png")
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
