"""What an agent can do with a single message, at a customer's of Telegram: answer it, put a sign to it, change it, take it back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from helpline.app.settings import Settings
from tests.app.at_providers import At, at
from tests.browser.conftest import SHOTS, NewPerson
from tests.listening import eventually


@pytest.fixture
def telegram(settings: Settings) -> Iterator[At]:
    with at("telegram", settings) as found:
        yield found


def desk_of(line: At, context: BrowserContext, conversation_id: str) -> Page:
    """The administrator's desk with this conversation open."""
    cookies = [{"name": one.name, "value": one.value or "", "url": line.running.url} for one in line.admin.cookies.jar]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{line.running.url}/inbox/mine/{conversation_id}")
    expect(page.get_by_role("log")).to_be_visible()
    return page


def shoot(page: Page, name: str) -> None:
    if SHOTS.is_dir():
        page.screenshot(path=SHOTS / f"{name}.png")


def test_a_message_is_answered_marked_changed_and_taken_back_by_its_menu(telegram: At, person: NewPerson) -> None:
    ana = telegram.provider.meets("Ana")
    id = telegram.greeted(ana, "Is the red one there?")
    telegram.writes(ana, "And the blue one?")
    page = desk_of(telegram, person(), id)
    log, field = page.get_by_role("log"), page.get_by_role("textbox", name="Answer")
    expect(log.get_by_text("And the blue one?")).to_be_visible()

    log.focus()
    page.keyboard.press("m")  # the newest message has the focus
    page.keyboard.press("Enter")
    page.get_by_role("menuitemradio", name="🎉").click()
    eventually(lambda: ana.screen[-1].reaction == "🎉")
    expect(log.get_by_label("Reactions: 🎉")).to_be_visible()

    log.get_by_text("Is the red one there?").hover()
    log.locator(".say", has_text="Is the red one there?").get_by_role("button").last.click()
    shoot(page, "signs-menu")
    page.get_by_role("menuitem", name="Answer this message").click()
    field = page.locator("textarea.composer-text")
    expect(field).to_be_focused()
    expect(page.locator(".composer-quote").get_by_text("Is the red one there?")).to_be_visible()
    page.keyboard.type("The red one is sold out")
    shoot(page, "signs-quote")
    page.keyboard.press("Control+Enter")
    eventually(lambda: ana.texts[-1] == "The red one is sold out")
    assert ana.received[-1].details["reply_to_message"]["text"] == "Is the red one there?"
    expect(page.locator(".composer-quote")).to_be_hidden()
    said = log.locator(".say", has_text="The red one is sold out")
    expect(said.locator(".quoted")).to_contain_text("Is the red one there?")
    eventually(lambda: (ana.id, "typing") in telegram.provider.actions)

    said.hover()
    expect(said.get_by_label("What can be done with this message")).to_be_visible()
    said.get_by_label("What can be done with this message").click()
    page.get_by_role("menuitem", name="Change").click()
    page.get_by_role("textbox", name="Message").fill("The red one comes on Friday")
    page.get_by_role("dialog").get_by_role("button", name="Change").click()
    eventually(lambda: ana.texts[-1] == "The red one comes on Friday")
    changed = log.locator(".say", has_text="The red one comes on Friday")
    expect(changed.get_by_text("Edited once")).to_be_visible()

    changed.hover()
    changed.get_by_label("What can be done with this message").click()
    page.get_by_role("menuitem", name="Take back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    eventually(lambda: ana.received[-1].deleted)
    expect(log.get_by_text("Taken back by the sender")).to_be_visible()
    shoot(page, "signs-after")


def test_a_voice_message_plays_and_who_left_is_not_written_to(telegram: At, person: NewPerson) -> None:
    ana = telegram.provider.meets("Ana")
    id = telegram.greeted(ana)
    telegram.provider.sends_file(ana, "voice", b"OggS" + bytes(2000), "audio/ogg", duration=2, mime_type="audio/ogg")
    telegram.deliver()
    phone = person(width=390, height=844, dark=True, locale="zh-TW")
    page = desk_of(telegram, phone, id)
    player = page.locator("audio.player")
    expect(player).to_have_attribute("src", re.compile("^/files/"))
    with page.expect_response(lambda answer: "/files/" in answer.url) as told:
        player.evaluate("player => { player.muted = true; player.play().catch(() => {}) }")
    assert told.value.status == 206
    shoot(page, "voice-phone")
    telegram.provider.blocks(ana)
    telegram.deliver()
    expect(page.get_by_text("has blocked it")).to_be_visible()
    shoot(page, "left-phone")
    telegram.provider.starts(ana)
    telegram.deliver()
    expect(page.get_by_text("has blocked it")).to_be_hidden()
    page.locator(".say-menu").last.click()
    shoot(page, "menu-phone")
