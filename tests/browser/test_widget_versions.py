"""The chat on pages that were opened before an update, and on lines that lose a part of it now and then."""

import re

import httpx
import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import NewPerson
from tests.browser.sites import SITE, embed
from tests.browser.test_widget_form import sign_in
from tests.running import PATIENCE, Running

HEARD = (
    "<script>window.Helpline = function () { (Helpline.q = Helpline.q || []).push(arguments) };"
    "Helpline('on', 'open', () => { document.title = 'opened' })</script>"
)


@pytest.fixture
def shop(demo: Running) -> Running:
    """The demo, whose chat the made-up site may embed."""
    admin = sign_in(demo)
    for channel in admin.get("/api/channels").json():
        admin.patch(f"/api/channels/{channel['id']}", json={"allowed_domains": ["shop.test"]}).raise_for_status()
    return demo


def test_a_loader_from_before_an_update_gives_way_to_a_fresh_one(shop: Running, person: NewPerson) -> None:
    old = re.sub(
        r"/widget/[0-9a-f]{12}/", "/widget/0123456789ab/", httpx.get(f"{shop.url}/widget.js", timeout=PATIENCE).text
    )
    context = person()
    context.route("**/widget.js", lambda route: route.fulfill(body=old, content_type="text/javascript"))
    embed(context, shop, head=HEARD)
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    expect(page.get_by_role("textbox", name="Write a message")).to_be_visible()
    expect(page).to_have_title("opened")
    expect(page.locator("helpline-chat")).to_have_count(1)


def lose_once(context: BrowserContext, part: str) -> list[str]:
    """This part does not come when it is first asked for."""
    vain: list[str] = []

    def answer(route: Route) -> None:
        if vain:
            route.continue_()
        else:
            vain.append(route.request.url)
            route.abort()

    context.route(f"**/{part}.js*", answer)
    return vain


def test_a_part_that_did_not_come_is_fetched_again(shop: Running, person: NewPerson) -> None:
    context = person()
    vain = lose_once(context, "EmojiPart")
    embed(context, shop)
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    page.get_by_role("button", name="Emoji").click()
    expect(page.get_by_role("group", name="Emoji", exact=True)).to_be_visible()
    assert vain


def test_a_file_waits_for_the_part_that_sends_it(shop: Running, person: NewPerson) -> None:
    context = person()
    vain = lose_once(context, "files")
    embed(context, shop)
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    page.get_by_role("textbox", name="Write a message").fill("Look")
    page.locator("helpline-chat input[type=file]").set_input_files(
        {"name": "list.txt", "mimeType": "text/plain", "buffer": b"boots"}
    )
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("link", name="Open list.txt")).to_be_visible()
    assert vain


def test_a_closed_chat_in_which_something_waits_fetches_what_sends_it(shop: Running, person: NewPerson) -> None:
    context = person()
    embed(context, shop)
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    field = page.get_by_role("textbox", name="Write a message")
    field.fill("Hello")
    field.press("Enter")
    expect(page.get_by_text("You are next").or_(page.get_by_text("You are number"))).to_be_visible()
    context.set_offline(True)
    field.fill("Are you there?")
    field.press("Enter")
    expect(page.get_by_text("Waiting for the connection")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    page.close()
    context.set_offline(False)
    other = context.new_page()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    with other.expect_response(re.compile(r"/writing\.js$")):
        other.goto(SITE)
    expect(other.get_by_role("button", name="Open the chat")).to_be_visible()
    assert "chat.js" not in asked


def test_a_text_that_was_laid_ready_once_does_not_come_back(shop: Running, person: NewPerson) -> None:
    context = person()
    embed(context, shop, head=f"{HEARD}<script>Helpline('prefill', 'Size 42?'); Helpline('open')</script>")
    page = context.new_page()
    page.goto(SITE)
    field = page.get_by_role("textbox", name="Write a message")
    expect(field).to_have_value("Size 42?")
    field.fill("")
    page.evaluate("Helpline('locale', 'zh-TW')")
    expect(page.get_by_role("textbox", name="輸入訊息")).to_have_value("")
