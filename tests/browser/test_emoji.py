"""An emoji is found by its name, by keys alone, in the picker or while typing."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.composing import served
from tests.browser.conftest import NewPerson
from tests.running import Running


def test_emoji_are_picked_searched_and_completed_by_keys(demo: Running, person: NewPerson) -> None:
    desk, _ = served(demo, person)
    desk.keyboard.press("r")
    field = desk.get_by_label("Reply to Leila Haddad")
    desk.keyboard.type("It is in stock :thumb")
    expect(desk.get_by_role("option", name="thumbs up")).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Enter")
    expect(field).to_have_value("It is in stock 👍")

    button = desk.get_by_role("button", name="Emoji")
    button.press("Enter")
    search = desk.get_by_role("combobox", name="Find an emoji")
    expect(search).to_be_focused()
    chosen = desk.get_by_role("listbox", name="Emoji").locator("[aria-selected='true']")
    assert not Axe().run(desk, context=".emoji").response["violations"]
    first = chosen.inner_text()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowRight")
    expect(chosen).not_to_have_text(first)
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowLeft")
    expect(chosen).to_have_text(first)
    desk.keyboard.type("nothing like it")
    expect(desk.get_by_text("No emoji of that name.")).to_be_visible()
    search.fill("party")
    desk.keyboard.press("Enter")
    expect(search).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value("It is in stock 👍🥳")

    button.click()
    search.press("Escape")
    expect(field).to_be_focused()
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("log")).to_contain_text("It is in stock 👍🥳")
