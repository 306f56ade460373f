"""Setting a channel up as somebody new does: the form, the provider, the first message in, the answer out."""

import re
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import BrowserContext, Page, expect

from helpline.app.settings import Settings
from helpline.app.simulating_channels.accounts import secrets_at, settings_at
from helpline.app.simulating_channels.server import Server, posting
from helpline.app.simulating_channels.sms import Gateway
from tests.app.at_providers import KINDS
from tests.browser.conftest import SHOTS, NewPerson
from tests.listening import eventually
from tests.running import Running

LABELS: dict[str, dict[str, str]] = {
    "line": {"channel_secret": "Channel secret", "token": "Channel access token"},
    "telegram": {"token": "Bot token"},
    "whatsapp": {
        "phone_number_id": "Phone number ID",
        "token": "Access token",
        "app_secret": "App secret",
        "business_account_id": "WhatsApp Business account ID",
    },
    "messenger": {"page_id": "Page ID", "token": "Page access token", "app_secret": "App secret"},
}
GATEWAY = {
    "Number, as +15005550006": "+4915112345678",
    "Fields of a message": "recipient.msisdn={to}, body={text}, originator={number}",
    "Where the answer has the message’s ID": "messages.0.ref",
    "Incoming: field with the sender": "message.msisdn",
    "Incoming: field with the text": "message.content",
    "Incoming: field with the ID": "message.ref",
    "Receipts: field with the state": "message.dlr",
}


def new_channel(context: BrowserContext, running: Running, cookies: Any, kind: str, name: str) -> Page:
    """The form for a new channel of this kind."""
    context.add_cookies([{"name": one.name, "value": one.value or "", "url": running.url} for one in cookies])
    page = context.new_page()
    page.goto(f"{running.url}/settings/channels/new")
    page.get_by_label("Kind").select_option(kind)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Channel category").select_option(index=1)
    return page


def shoot(page: Page, name: str) -> None:
    if SHOTS.is_dir():
        page.screenshot(path=SHOTS / f"{name}.png")


@pytest.mark.parametrize("kind", LABELS)
def test_a_channel_is_set_up_joined_written_to_and_answered(kind: str, settings: Settings, person: NewPerson) -> None:
    provider: Any = KINDS[kind]()
    more: dict[str, Any] = {"may_call": "*", "address": "https://desk.example"}
    with Server({kind: provider}) as server, Running(replace(settings, **more)) as running:
        admin = running.set_up()
        page = new_channel(person(), running, admin.cookies.jar, kind, "New line")
        given = {**settings_at(kind, provider, server.url), **secrets_at(kind, provider)}
        given["business_account_id"] = getattr(provider, "account_id", "")
        for name, label in LABELS[kind].items():
            page.get_by_role("textbox", name=label).first.fill(given[name])
        page.get_by_role("textbox", name="Address of the provider").fill(given["base_url"])
        page.get_by_role("button", name="Create").click()
        expect(page.get_by_role("heading", name="New line")).to_be_visible()
        page.get_by_role("button", name="Join it").click()
        expect(page.get_by_text("It works")).to_be_visible()
        shoot(page, f"joined-{kind}")
        (channel,) = [one for one in admin.get("/api/channels").json() if one["kind"] == kind]
        assert kind == "messenger" or provider.hooks.url == channel["hook"]
        provider.hooks.url = f"{running.url}/api/hooks/{channel['public_key']}"
        ana = provider.meets("Ana")
        provider.says(ana, "Hello?")
        assert provider.hooks.deliver(posting(running.client())) == [200]
        (conversation,) = eventually(lambda: admin.get("/api/conversations?view=all").json()["items"])
        page.goto(f"{running.url}/inbox/mine/{conversation['id']}")
        page.get_by_role("button", name=re.compile("^Take\\b")).click()
        expect(page.get_by_text("You are now talking to")).to_be_visible()
        page.keyboard.press("r")
        page.keyboard.type("Hello Ana")
        page.keyboard.press("Control+Enter")
        eventually(lambda: "Hello Ana" in ana.texts)


def test_a_provider_of_sms_that_nobody_knows_is_set_up_by_the_names_of_its_fields(
    settings: Settings, person: NewPerson
) -> None:
    provider = Gateway()
    with Server({"gateway": provider}) as server, Running(replace(settings, may_call="*")) as running:
        admin = running.set_up()
        page = new_channel(person(height=1800), running, admin.cookies.jar, "sms", "Our number")
        page.get_by_label("Provider", exact=True).select_option("http")
        expect(page.get_by_label("Account SID")).to_be_hidden()
        page.get_by_role("button", name="Create").click()
        expect(page.get_by_text("number is needed.")).to_be_visible()
        page.get_by_label("Address for sending").fill(f"{server.url}/gateway/v2/messages")
        for label, value in GATEWAY.items():
            page.get_by_label(label).fill(value)
        page.get_by_label(re.compile("^Header(?! with)")).fill("X-Api-Key")
        page.get_by_label("Value of the header, or password").fill(provider.token)
        page.get_by_label("Calls to us are known by").select_option("hmac")
        page.get_by_label("Header with the secret or signature").fill("X-Sig")
        page.get_by_label("Secret of calls to us").fill(provider.secret)
        page.get_by_role("button", name="Create").click()
        expect(page.get_by_role("heading", name="Our number")).to_be_visible()
        expect(page.get_by_role("button", name="Join it")).to_be_hidden()
        page.get_by_role("button", name="Test the connection").click()
        expect(page.get_by_text("It works: +4915112345678.")).to_be_visible()
        shoot(page, "joined-sms")
        (channel,) = [one for one in admin.get("/api/channels").json() if one["kind"] == "sms"]
        provider.hooks.url = f"{running.url}/api/hooks/{channel['public_key']}"
        ana = provider.meets("Ana")
        provider.says(ana, "Hello?")
        assert provider.hooks.deliver(posting(running.client())) == [200]
        (conversation,) = eventually(lambda: admin.get("/api/conversations?view=all").json()["items"])
        assert admin.post(f"/api/conversations/{conversation['id']}/take").is_success
        said = {"id": "0123456789abcdef", "text": "Hello Ana", "anyway": True}
        sent = admin.post(f"/api/conversations/{conversation['id']}/messages", json=said).json()
        eventually(lambda: "Hello Ana" in ana.texts)
        assert set(provider.hooks.deliver(posting(running.client()))) == {200}

        def state() -> str:
            found = admin.get(f"/api/conversations/{conversation['id']}/messages").json()["items"]
            return str(next(one["state"] for one in found if one["id"] == sent["id"]))

        eventually(lambda: state() == "delivered")
