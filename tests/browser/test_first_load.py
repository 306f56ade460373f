"""What the desk asks of a browser before one can work, and that the rest comes in time."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.composing import api, sign_in
from tests.browser.conftest import NewPerson
from tests.running import Running

MOST = 200_000
SCRIPTS = """performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js'))
    .reduce((bytes, one) => bytes + one.encodedBodySize, 0)"""
INBOX = {"en": "My conversations", "zh-TW": "我的對話"}


def _signed_in(demo: Running, person: NewPerson, locale: str) -> Page:
    api(demo, "amara").patch("/api/me", json={"locale": locale}).raise_for_status()
    page = sign_in(person(locale=locale).new_page(), demo, "amara")
    expect(page.get_by_role("heading", name=INBOX[locale])).to_be_visible()
    return page


@pytest.mark.parametrize("locale", INBOX)
def test_the_inbox_with_a_conversation_needs_no_more_scripts_than_it_may(
    demo: Running, person: NewPerson, locale: str
) -> None:
    page = _signed_in(demo, person, locale)
    page.locator(".item").first.click()
    expect(page.locator(".log")).to_be_visible()
    assert 50_000 < page.evaluate(SCRIPTS) <= MOST


def test_pages_and_the_sheet_of_keys_wait_for_their_texts_in_any_language(demo: Running, person: NewPerson) -> None:
    page = _signed_in(demo, person, "en")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="All keys")
    expect(sheet.get_by_text("Find a contact")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.get_by_text("A channel is one line in")).to_be_visible()
    page.locator(".strip-me").click()
    page.get_by_role("menuitemradio", name="繁體中文").click()
    expect(page.get_by_role("heading", name="設定", exact=True)).to_be_visible()
    page.goto(f"{demo.url}/settings/hours")
    expect(page.get_by_role("heading", name="服務時間", exact=True)).to_be_visible()
