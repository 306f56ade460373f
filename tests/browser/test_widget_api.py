"""What the page that embeds the chat can ask of it, and what it is told."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from helpline.webchat.introducing import sign
from helpline.webchat.shapes import IdentityIn
from tests.browser.conftest import NewPerson
from tests.browser.sites import SITE, embed
from tests.browser.test_widget_form import sign_in
from tests.running import Running

STUB = "<script>window.Helpline = window.Helpline || function () { (Helpline.q = Helpline.q || []).push(arguments) };</script>"


@pytest.fixture
def admin(demo: Running) -> httpx.Client:
    """The administrator, who allows the site."""
    client = sign_in(demo)
    client.patch(
        f"/api/channels/{shop(demo, client)['id']}", json={"allowed_domains": ["shop.test"]}
    ).raise_for_status()
    return client


def shop(running: Running, admin: httpx.Client) -> dict[str, Any]:
    key = running.app.state.demo_key
    found: dict[str, Any] = next(one for one in admin.get("/api/channels").json() if one["public_key"] == key)
    return found


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Write a message").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text(text)).to_be_visible()
    expect(page.locator(".turn[data-state=sending]")).to_have_count(0)


def of(admin: httpx.Client, text: str) -> dict[str, Any]:
    items = admin.get("/api/conversations", params={"view": "all", "limit": 100}).json()["items"]
    found: dict[str, Any] = next(one for one in items if one["last_text"] == text)
    return found


def test_what_is_asked_before_the_chat_is_there_happens_once_it_is(
    demo: Running, admin: httpx.Client, person: NewPerson
) -> None:
    context = person()
    early = "Helpline('on', 'open', () => { document.title = 'opened' }); Helpline('prefill', 'Size 42?'); Helpline('open');"
    embed(context, demo, head=f"{STUB}<script>{early}</script>")
    page = context.new_page()
    page.goto(SITE)
    expect(page.get_by_role("textbox", name="Write a message")).to_have_value("Size 42?")
    expect(page).to_have_title("opened")
    page.evaluate("Helpline('prefill', 'Size 43?')")
    expect(page.get_by_role("textbox", name="Write a message")).to_have_value("Size 43?")
    page.evaluate("Helpline('toggle')")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("Object.keys(window).filter((name) => /helpline/i.test(name))") == ["Helpline"]


def test_who_the_site_vouches_for_is_a_contact_until_they_sign_out(
    demo: Running, admin: httpx.Client, person: NewPerson
) -> None:
    secret = admin.get(f"/api/channels/{shop(demo, admin)['id']}/secret").json()["secret"]
    amara = {"id": "customer-17", "name": "Amara Okafor", "email": "amara@post.example"}
    bo = {"id": "customer-18", "name": "Bo Lindqvist", "email": "bo@post.example"}
    context = person()
    embed(context, demo)
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    identify = "(identity) => Helpline('identify', identity)"
    page.evaluate(identify, {**amara, "signature": sign(secret, IdentityIn(**amara))})
    say(page, "Is it in stock?")
    first = of(admin, "Is it in stock?")
    assert (first["contact_name"], first["contact_id"] is not None) == ("Amara Okafor", True)
    # Somebody else signs in without the first having signed out: nothing of the first is left to see.
    page.evaluate(identify, {**bo, "signature": sign(secret, IdentityIn(**bo))})
    expect(page.get_by_role("log").get_by_text("Is it in stock?")).to_have_count(0)
    say(page, "Do you repair lamps?")
    assert of(admin, "Do you repair lamps?")["contact_name"] == "Bo Lindqvist"
    page.evaluate("Helpline('shutdown')")
    expect(page.locator("helpline-chat")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    page.evaluate("Helpline('boot')")
    page.get_by_role("button", name="Open the chat").click()
    expect(page.get_by_role("log").get_by_text("Do you repair lamps?")).to_have_count(0)


def test_a_site_hears_of_answers_and_counts_them_in_its_title(
    demo: Running, admin: httpx.Client, person: NewPerson
) -> None:
    context = person()
    listen = "Helpline('on', 'unread', (n) => heard.push(n)); Helpline('on', 'message', (said) => heard.push(said));"
    embed(context, demo, head=f"{STUB}<script>window.heard = []; {listen}</script>", snippet="data-title-count")
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    say(page, "Hello there")
    page.evaluate("Helpline('close')")
    conversation = of(admin, "Hello there")["id"]
    admin.post(f"/api/conversations/{conversation}/take")
    answer = {"id": "an-answer-of-ours", "text": "Good morning!", "anyway": True}
    admin.post(f"/api/conversations/{conversation}/messages", json=answer).raise_for_status()
    expect(page).to_have_title("(1) Shop")
    assert page.evaluate("Helpline('unread')") == 1
    assert page.evaluate("heard") == [1, {"name": "Ingrid Solberg", "text": "Good morning!"}]
    expect(page.get_by_role("button", name="1 unread message")).to_be_visible()
    page.evaluate("Helpline('open')")
    expect(page).to_have_title("Shop")


def test_the_language_can_be_changed_while_the_chat_is_open(
    demo: Running, admin: httpx.Client, person: NewPerson
) -> None:
    context = person()
    embed(context, demo)
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    page.get_by_role("textbox", name="Write a message").fill("尺寸")
    page.evaluate("Helpline('locale', 'zh-TW')")
    expect(page.get_by_role("textbox", name="輸入訊息")).to_have_value("尺寸")


def test_what_makes_no_sense_does_no_harm(demo: Running, admin: httpx.Client, person: NewPerson) -> None:
    context = person()
    embed(
        context,
        demo,
        head=STUB
        + "<script>Helpline(); Helpline('nonsense', 1); Helpline('identify'); Helpline('on', 'open')</script>",
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert errors == []
