"""The chat on pages that were opened before an update, and on lines that lose a part of it now and then."""

import re

import httpx
import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import NewPerson
from tests.browser.sites import SITE, embed
from tests.browser.test_widget_form import sign_in
from tests.running import Running

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
    old = re.sub(r"/widget/[0-9a-f]{12}/", "/widget/0123456789ab/", httpx.get(f"{shop.url}/widget.js").text)
    context = person()
    context.route("**/widget.js", lambda route: route.fulfill(body=old, content_type="text/javascript"))
    embed(context, shop, head=HEARD)
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    expect(page.get_by_role("textbox", name="Write a message")).to_be_visible()
    expect(page).to_have_title("opened")
    expect(page.locator("helpline-chat")).to_have_count(1)


def test_a_part_that_did_not_come_is_fetched_again(shop: Running, person: NewPerson) -> None:
    context = person()
    vain: list[str] = []

    def answer(route: Route) -> None:
        if vain:
            route.continue_()
        else:
            vain.append(route.request.url)
            route.abort()

    context.route("**/EmojiPart.js*", answer)
    embed(context, shop)
    page = context.new_page()
    page.goto(SITE)
    page.get_by_role("button", name="Open the chat").click()
    page.get_by_role("button", name="Emoji").click()
    expect(page.get_by_role("group", name="Emoji", exact=True)).to_be_visible()
    assert vain


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
