"""Channels outside at the desk: set up by a form of their kind, seen when they fall, and what they could not take sent again."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from helpline.core import new_id
from helpline.outside.signing import secret_from, signed
from tests.browser.composing import sign_in
from tests.browser.conftest import NewPerson, demo_in
from tests.browser.seeded import Seeded
from tests.outside.listener import Listener
from tests.running import PATIENCE, Running

SECRET = secret_from(b"a secret of the program, and long enough")


@pytest.fixture
def demo(seeded: Seeded, tmp_path: Path) -> Iterator[Running]:
    """The demo, which may call this machine."""
    with demo_in(tmp_path / "demo", seeded, may_call="*") as running:
        yield running


def call(hook: str, *events: dict[str, Any]) -> None:
    body = json.dumps({"events": list(events)}).encode()
    headers = signed(SECRET, f"msg_{new_id()}", datetime.now(UTC), body)
    assert httpx.post(hook, content=body, headers=headers, timeout=PATIENCE).status_code == 200


def conversation_with(page: Page, demo: Running, name: str) -> str:
    """The id of the conversation, as soon as it is there."""
    while True:
        found = page.request.get(f"{demo.url}/api/conversations?view=all").json()["items"]
        if ids := [one["id"] for one in found if one["contact_name"] == name]:
            return str(ids[0])


def test_a_channel_is_set_up_falls_and_is_mended_and_its_message_sent_again(demo: Running, person: NewPerson) -> None:
    page = sign_in(person().new_page(), demo, "ingrid")
    with Listener(lambda asked: asked.say({"error": "closed for today"}, 400)) as program:
        page.goto(f"{demo.url}/settings/channels/new")
        page.get_by_label("Kind").select_option("api")
        page.get_by_label("Name").fill("Our app")
        page.get_by_label("Channel category").select_option(index=1)
        page.get_by_role("button", name="Create").click()
        expect(page.get_by_text("url is needed.")).to_be_visible()
        page.get_by_label("Address of your program").fill(program.url)
        page.get_by_role("textbox", name="Secret for signatures").fill(SECRET)
        page.get_by_role("button", name="Create").click()
        expect(page.get_by_role("heading", name="Our app")).to_be_visible()
        expect(page.get_by_text("Filled in. What you write here takes its place.")).to_be_visible()
        page.get_by_role("button", name="Test the connection").click()
        expect(page.get_by_text("It does not work")).to_be_visible()
        banner = page.get_by_text("does not take our messages")
        expect(banner).to_be_visible()

        page.get_by_role("navigation").get_by_role("link", name="Channels", exact=True).click()
        expect(page.get_by_role("row").filter(has_text="Our app")).to_contain_text("not working")
        page.get_by_role("link", name="Our app").click()
        hook = page.get_by_text("/api/hooks/").inner_text()
        kim = {"address": "kim", "name": "Kim"}
        place = {"latitude": 25.03, "longitude": 121.56, "name": "Taipei 101"}
        call(hook, {"type": "message", "id": "m1", "from": kim, "text": "I live here", "location": place})
        call(hook, {"type": "message", "id": "m2", "text": "by nobody"})
        page.goto(f"{demo.url}/inbox/mine/{conversation_with(page, demo, 'Kim')}")
        expect(page.get_by_role("link", name="Taipei 101")).to_have_attribute("href", re.compile("openstreetmap"))
        page.get_by_role("button", name=re.compile("^Take\\b")).click()
        expect(page.get_by_text("You are now talking to")).to_be_visible()
        page.keyboard.press("r")
        page.keyboard.type("We come at noon")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text(re.compile("Not delivered: .*closed for today"))).to_be_visible()
        program.answering = lambda asked: asked.say({})
        page.get_by_role("button", name="Send again").click()
        expect(page.get_by_text(re.compile("^Sent ")).last).to_be_visible()
        expect(banner).to_be_hidden()
        page.goto(f"{demo.url}/records")
        expect(page.get_by_role("row").filter(has_text="Kim")).to_contain_text("Sent")

        page.goto(f"{demo.url}/settings/quarantine")
        expect(page.get_by_role("row").last).to_contain_text("API: Our app")
        page.locator("tbody button").first.click()
        expect(page.get_by_role("dialog").get_by_text("by nobody")).to_be_visible()
        page.get_by_role("button", name="Let it go").click()
        expect(page.get_by_text("Nothing in quarantine")).to_be_visible()
