"""What administrators do in the desk: put choices in order, and find what there is to set."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPerson
from tests.running import Running


def _sign_in(demo: Running, page: Page, who: str, path: str) -> None:
    page.goto(demo.url + path)
    page.locator("input[type=email]").fill(f"{who}@kestrel.example")
    page.locator("input[type=password]").fill("kestrel-demo")
    page.keyboard.press("Enter")
    expect(page.locator("#work")).to_be_visible()


def test_reasons_are_put_in_order_by_keyboard_and_another_desk_sees_it(demo: Running, person: NewPerson) -> None:
    page, other = person().new_page(), person().new_page()
    _sign_in(demo, other, "tomas", "/settings/results")
    _sign_in(demo, page, "ingrid", "/settings/results")
    names = page.locator(".set-name a")
    expect(names.nth(1)).to_be_visible()
    first, second = names.nth(0).inner_text(), names.nth(1).inner_text()
    page.get_by_role("button", name=f"Move {first}", exact=True).press("ArrowDown")
    expect(names.nth(0)).to_have_text(second)
    expect(names.nth(1)).to_have_text(first)
    expect(page.get_by_role("button", name=f"Move {first}", exact=True)).to_be_focused()
    expect(other.locator(".set-name a").nth(0)).to_have_text(second)
    page.reload()
    expect(names.nth(0)).to_have_text(second)


def test_a_setting_is_found_by_a_word_of_what_it_is_for(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    _sign_in(demo, page, "ingrid", "/settings")
    page.get_by_role("heading", name="Settings").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("on whose behalf")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/settings/(categories|owners)"))
