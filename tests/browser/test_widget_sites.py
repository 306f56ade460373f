"""The chat on websites as they are: strict policies, wild styles, no storage, no sockets, frames, and from right to left."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import SHOTS, NewPerson
from tests.browser.sites import SITE, embed
from tests.browser.test_widget_form import FORM, sign_in
from tests.running import Running

WILD = "<style>body * { all: unset !important; display: none !important } div, button, p { color: red !important; font: 60px serif !important; transform: scale(3) !important }</style>"  # noqa: E501
NO_STORAGE = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })"  # noqa: E501


@pytest.fixture
def shop(demo: Running) -> Running:
    """The demo, whose chat the made-up site may embed."""
    admin = sign_in(demo)
    for channel in admin.get("/api/channels").json():
        admin.patch(f"/api/channels/{channel['id']}", json={"allowed_domains": ["shop.test"]}).raise_for_status()
    return demo


def _talk(context: BrowserContext, text: str) -> Page:
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    page.get_by_role("textbox", name="Write a message").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text("You are next").or_(page.get_by_text("You are number"))).to_be_visible()
    return page


def test_under_a_strict_policy_with_a_nonce(shop: Running, person: NewPerson) -> None:
    context = person()
    there = f"connect-src {shop.url} {shop.ws_url}; img-src {shop.url}; style-src 'none'"
    csp = f"default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; {there}; require-trusted-types-for 'script'"
    embed(context, shop, csp=csp, snippet='nonce="abc"')
    refused: list[str] = []
    context.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page = _talk(context, "Under a strict policy")
    page.get_by_role("button", name="Emoji").click()
    expect(page.get_by_role("group", name="Emoji", exact=True)).to_be_visible()
    assert refused == []


def test_the_styles_of_the_page_do_not_come_in(shop: Running, person: NewPerson) -> None:
    context = person(width=1280, height=800)
    embed(context, shop, head=WILD)
    page = _talk(context, "Between wild styles")
    page.screenshot(path=SHOTS / "widget-wild.png")
    size = page.get_by_role("textbox", name="Write a message").evaluate("(field) => getComputedStyle(field).fontSize")
    assert size == "16px"


def test_without_storage_and_without_sockets_it_still_talks(shop: Running, person: NewPerson) -> None:
    context = person()
    context.add_init_script(f"{NO_STORAGE}; delete window.WebSocket")
    embed(context, shop)
    page = _talk(context, "Nothing is kept here")
    expect(page.get_by_role("log").get_by_text("Sent")).to_be_visible()


def test_the_snippet_twice_is_one_chat_that_outlives_a_new_body(shop: Running, person: NewPerson) -> None:
    context = person()
    again = f'<script async src="{shop.url}/widget.js" data-key="{shop.app.state.demo_key}"></script>'
    embed(context, shop, body=again)
    page = _talk(context, "Once")
    expect(page.locator("helpline-chat")).to_have_count(1)
    page.evaluate("history.pushState({}, '', '/other'); document.body.replaceWith(document.createElement('body'))")
    expect(page.get_by_role("log")).to_contain_text("Once")


def test_from_right_to_left_it_stands_on_the_other_side(shop: Running, person: NewPerson) -> None:
    context = person(width=1280, height=800)
    embed(context, shop, attributes=' dir="rtl" lang="ar"', snippet='data-locale="ar"')
    page = _talk(context, "مرحبا")
    page.screenshot(path=SHOTS / "widget-rtl.png")
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] < 100


def test_a_site_that_may_not_embed_it_shows_nothing_and_says_why(demo: Running, person: NewPerson) -> None:
    context = person()
    embed(context, demo)
    page = context.new_page()
    with page.expect_console_message(lambda message: "may not embed" in message.text):
        page.goto(SITE)
    expect(page.locator("helpline-chat")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_a_machine_finds_nothing_that_keeps_anybody_out(demo: Running, person: NewPerson, *, dark: bool) -> None:
    admin = sign_in(demo)
    page = person(dark=dark).new_page()
    page.emulate_media(reduced_motion="reduce")  # what is just arriving is faint for a moment
    page.goto(f"{demo.url}/try/{demo.app.state.demo_key}")

    def look(where: str) -> None:
        # What concerns a whole page is the host's affair; this one is bare on purpose.
        found = Axe().run(page, context="helpline-chat", options={"rules": {"region": {"enabled": False}}})
        named = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]]
        assert named == [], where

    expect(page.get_by_role("button", name="Open the chat")).to_be_visible()
    look("closed")
    page.get_by_role("button", name="Open the chat").click()
    field = page.get_by_role("textbox", name="Write a message")
    field.fill("Hello")
    look("writing")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are next").or_(page.get_by_text("You are number"))).to_be_visible()
    look("waiting")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("menu")).to_be_visible()
    look("menu")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Emoji").click()
    expect(page.get_by_role("group", name="Emoji", exact=True)).to_be_visible()
    look("emoji")
    key = demo.app.state.demo_key
    channel = next(one["id"] for one in admin.get("/api/channels").json() if one["public_key"] == key)
    admin.patch(f"/api/channels/{channel}", json={"form": FORM}).raise_for_status()
    other = person(dark=dark).new_page()
    page = other
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{demo.url}/try/{key}")
    page.get_by_role("button", name="Open the chat").click()
    page.get_by_role("button", name="Start the chat").click()
    expect(page.get_by_text("Please fill this in.").first).to_be_visible()
    look("form")
