"""Who decides which team serves: set in the settings, tried there, and chosen by contacts on their card."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import SHOTS, NewPerson, demo_in
from tests.browser.seeded import Seeded
from tests.outside.listener import Listener
from tests.running import Running

PASSWORD = "kestrel-demo"


@pytest.fixture
def shop(seeded: Seeded, tmp_path: Path) -> Iterator[Running]:
    """The demo, which may call this machine."""
    with demo_in(tmp_path / "demo", seeded, may_call="127.0.0.1") as running:
        yield running


def _settings(person: NewPerson, running: Running, **looks: Any) -> Page:
    page = person(**looks).new_page()
    page.goto(f"{running.url}/settings/sessions")
    page.locator("input[type=email]").fill("ingrid@kestrel.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#stage-asks")).to_be_visible()
    return page


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()


def _clean(page: Page, within: str | None = None) -> None:
    page.emulate_media(reduced_motion="reduce")
    found = Axe().run(page, context=within).response["violations"]
    assert [(rule["id"], node["html"][:150]) for rule in found for node in rule["nodes"]] == []


def _written(person: NewPerson, running: Running, **looks: Any) -> Page:
    """A visitor who has written, and is asked."""
    page = person(**looks).new_page()
    page.goto(f"{running.url}/demo")
    page.get_by_role("button", name="chat").or_(page.get_by_role("button", name="對話")).first.click()
    page.get_by_role("textbox").last.fill("I need somebody")
    page.keyboard.press("Enter")
    return page


def test_a_contact_chooses_a_team_on_the_card_by_keyboard_also_after_a_reload(shop: Running, person: NewPerson) -> None:
    desk = _settings(person, shop)
    desk.get_by_role("radio", name="The contact chooses a team").check()
    desk.get_by_role("checkbox", name="Returns").uncheck()
    _save(desk)
    chat = _written(person, shop, width=1280, height=800)
    card = chat.get_by_role("group", name="Choose a team")
    expect(card.get_by_role("button")).to_have_text(["Orders", "繁體中文"])
    expect(chat.get_by_text("Whom would you like to talk to?")).to_be_visible()
    chat.reload()
    expect(card.get_by_role("button")).to_have_count(2)
    _clean(chat)
    chat.screenshot(path=SHOTS / "teams-card.png")
    card.get_by_role("button", name="Orders").focus()
    chat.keyboard.press("Enter")
    expect(card).to_have_count(0)
    expect(chat.get_by_role("log")).to_be_focused()
    expect(chat.get_by_text("You are next")).to_be_visible()


def test_a_supervisor_sees_for_whom_a_team_is_still_asked_until_it_is_known(shop: Running, person: NewPerson) -> None:
    desk = _settings(person, shop)
    desk.get_by_role("radio", name="The contact chooses a team").check()
    _save(desk)
    desk.get_by_role("link", name="Inbox").click()
    aside = desk.get_by_role("navigation", name="Inbox").get_by_role("link", name="No team yet")
    expect(aside).to_have_count(0)
    chat = _written(person, shop, width=1280, height=800)
    aside.click()
    expect(desk.get_by_role("heading", name="The contact is choosing")).to_be_visible()
    desk.locator(".item").first.click()
    expect(desk.locator(".conv-state").get_by_text("Choosing a team")).to_be_visible()
    desk.screenshot(path=SHOTS / "undecided.png")
    _clean(desk)
    chat.get_by_role("group", name="Choose a team").get_by_role("button", name="Orders").click()
    expect(desk.get_by_text("Every contact has a team")).to_be_visible()
    expect(aside).to_contain_text("0")


def test_the_card_on_a_phone_in_chinese_and_dark(shop: Running, person: NewPerson) -> None:
    desk = _settings(person, shop)
    desk.get_by_role("radio", name="The contact chooses a team").check()
    desk.get_by_role("button", name="繁中").first.click()
    desk.get_by_label("Name of Returns on the card").fill("退貨組")
    expect(desk.get_by_role("log").get_by_text("退貨組")).to_be_visible()
    desk.locator("#stage-asks").screenshot(path=SHOTS / "team-names.png")
    _clean(desk)
    _save(desk)
    chat = _written(person, shop, width=390, height=844, dark=True, locale="zh-TW")
    card = chat.get_by_role("group", name="選擇部門")
    expect(card.get_by_role("button")).to_have_count(3)
    chat.screenshot(path=SHOTS / "teams-card-phone-dark-zh.png")
    card.get_by_role("button", name="退貨組").click()
    expect(card).to_have_count(0)


def test_the_business_server_is_tried_before_it_is_saved(shop: Running, person: NewPerson) -> None:
    desk = _settings(person, shop)
    team = next(one for one in desk.request.get(f"{shop.url}/api/teams").json() if one["name"] == "Orders")
    desk.get_by_role("radio", name="The business server decides").check()
    desk.get_by_role("button", name="Save").click()
    address = desk.get_by_label("Address of the server", exact=True)
    expect(address).to_have_attribute("aria-invalid", "true")
    with Listener(lambda asked: asked.say({"team_id": team["id"]})) as server:
        address.fill(server.url)
        desk.get_by_role("button", name="Try it").click()
        expect(desk.get_by_text("Any free agent of Orders would get it.")).to_be_visible()
        desk.get_by_text("What was sent").click()
        expect(desk.get_by_label("What was sent")).to_contain_text("webhook-signature")
        server.answering = lambda asked: asked.say(b"no", 503)
        desk.get_by_role("button", name="Try it").click()
        expect(desk.get_by_text("the business server answered with an error")).to_be_visible()
        desk.get_by_role("button", name="Show the secret").click()
        expect(desk.get_by_text("whsec_")).to_be_visible()
        _clean(desk)
        _save(desk)
    address.fill("https://169.254.169.254/")
    desk.get_by_role("button", name="Try it").click()
    expect(desk.get_by_text("may not be called")).to_be_visible()


def test_what_the_server_said_stands_in_the_conversation(shop: Running, person: NewPerson) -> None:
    desk = _settings(person, shop)
    with Listener(lambda asked: asked.say({"team_id": "nobody"})) as server:
        desk.get_by_role("radio", name="The business server decides").check()
        desk.get_by_label("Address of the server", exact=True).fill(server.url)
        _save(desk)
        chat = _written(person, shop)
        expect(chat.get_by_text("You are next")).to_be_visible()
    newest = desk.request.get(f"{shop.url}/api/conversations?view=queue").json()["items"][-1]
    desk.goto(f"{shop.url}/inbox/team-{newest['team_id']}/{newest['id']}")
    expect(desk.get_by_text("the business server named an unknown team")).to_be_visible()
