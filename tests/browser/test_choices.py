"""Answers to choose from: offered by keyboard, tapped in the chat of a shop, numbered where nothing can be tapped."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from helpline.app.settings import Settings
from tests.app.at_providers import at
from tests.browser.composing import api, sign_in
from tests.browser.conftest import SHOTS, NewPerson
from tests.browser.test_signs import desk_of
from tests.listening import eventually
from tests.running import Running


def shot(page: Page, name: str) -> None:
    """What it looks like, for people; and what the checker says."""
    if SHOTS.is_dir():
        page.screenshot(path=SHOTS / f"{name}.png")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


def offer(page: Page, text: str, *choices: str) -> None:
    page.keyboard.press("r")
    page.keyboard.type(text)
    page.get_by_role("button", name="Answers to choose from").click()
    for number, choice in enumerate(choices, 1):
        expect(page.get_by_role("textbox", name=f"Answer {number}")).to_be_focused()
        page.keyboard.type(choice)
        if number < len(choices):
            page.keyboard.press("Enter")


@pytest.mark.parametrize("look", [{}, {"width": 390, "height": 844, "dark": True}], ids=["desk", "phone"])
def test_a_visitor_taps_what_an_agent_offers(demo: Running, person: NewPerson, look: dict[str, int]) -> None:
    shop = person(width=1280, height=800, dark=bool(look)).new_page()
    shop.goto(f"{demo.url}/demo")
    shop.locator(".launch").click()
    shop.get_by_role("textbox").fill("I would like to return boots.")
    shop.keyboard.press("Enter")
    expect(shop.locator(".place")).to_be_visible()
    agent = api(demo, "amara")
    waiting = agent.get("/api/conversations", params={"view": "queue"}).json()["items"]
    id = next(one["id"] for one in waiting if one["last_text"] == "I would like to return boots.")
    agent.post(f"/api/conversations/{id}/take").raise_for_status()

    page = sign_in(person(**look).new_page(), demo, "amara")
    page.goto(f"{demo.url}/inbox/mine/{id}")
    expect(page.get_by_role("log")).to_contain_text("return boots")
    offer(page, "How would you like to send them?", "By post", "In the shop", "Somebody fetches them")
    page.keyboard.press("Enter")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("textbox", name="Answer 3")).to_be_focused()
    shot(page, f"choices-composer-{'phone' if look else 'desk'}")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="Answer 3")).to_have_value("Somebody fetches them")
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    page.get_by_role("textbox", name="Answer 3").press("Control+Enter")

    offered = shop.get_by_role("group", name="Answers to choose from")
    expect(offered.get_by_role("button")).to_have_text(["By post", "In the shop", "Somebody fetches them"])
    shot(shop, f"choices-widget-{'dark' if look else 'light'}")
    offered.get_by_role("button", name="In the shop").press("Enter")
    expect(offered).to_be_hidden()
    expect(shop.get_by_role("log")).to_be_focused()
    log = page.get_by_role("log")
    expect(log).to_contain_text("Chose “In the shop”")
    expect(page.get_by_role("textbox", name="Answer 1")).to_be_hidden()
    expect(log.get_by_role("list", name="Answers to choose from").get_by_role("listitem")).to_have_count(3)
    shot(page, f"choices-log-{'phone' if look else 'desk'}")


def test_where_nothing_can_be_tapped_the_composer_says_so_and_the_contact_reads_numbers(
    settings: Settings, person: NewPerson
) -> None:
    with at("sms", settings) as line:
        ana = line.provider.meets("Ana")
        id = line.greeted(ana, "When can I fetch it?")
        page = desk_of(line, person(), id)
        offer(page, "When suits you?", "Today", "Tomorrow")
        expect(page.get_by_text("stand numbered below the text")).to_be_visible()
        shot(page, "choices-numbered")
        page.keyboard.press("Control+Enter")
        eventually(lambda: "When suits you?\n\n1. Today\n2. Tomorrow" in ana.texts)
        line.writes(ana, "2")
        expect(page.get_by_role("log")).to_contain_text("Chose “Tomorrow”")
