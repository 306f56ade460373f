"""A channel is joined to its provider by one call, where the provider can be told where we are."""

from collections.abc import Iterator

import pytest

from helpline.app.settings import Settings
from helpline.channels.accounts import NothingToJoin
from helpline.channels.kinds import can
from tests.listening import eventually

from .at_providers import ALSO, KINDS, At, at


@pytest.fixture(params=[kind for kind in {**KINDS, **ALSO} if can(kind).joins])
def line(request: pytest.FixtureRequest, settings: Settings) -> Iterator[At]:
    with at(request.param, settings) as found:
        yield found


def test_a_channel_is_joined_by_a_button_and_works_then(line: At) -> None:
    here = f"{line.running.url}/api/hooks/{line.channel['public_key']}"
    line.provider.hooks.url = ""
    if line.kind == "whatsapp":
        told = {"business_account_id": line.provider.account_id}
        assert line.admin.patch(f"/api/channels/{line.channel['id']}", json={"settings": told}).is_success
    joined = line.admin.post(f"/api/channels/{line.channel['id']}/join")
    assert joined.status_code == 200, joined.text
    assert joined.json()["ok"], joined.json()
    if line.kind in {"messenger", "instagram"}:
        assert "messaging_postbacks" in line.provider.subscribed  # the address itself is given in Meta's console
    else:
        assert line.provider.hooks.url == line.channel["hook"]
    line.provider.hooks.url = here
    line.writes(line.provider.meets("Ana"), "hola")
    assert eventually(line.conversations)


def test_what_the_provider_says_against_it_is_the_channels_standing(line: At) -> None:
    line.provider.token = line.provider.token[:-1] + ("a" if line.provider.token[-1] != "a" else "b")
    joined = line.admin.post(f"/api/channels/{line.channel['id']}/join").json()
    assert (joined["ok"], bool(joined["detail"])) == (False, True)
    (shown,) = [one for one in line.admin.get("/api/channels").json() if one["id"] == line.channel["id"]]
    assert (shown["health"]["ok"], shown["health"]["detail"]) == (False, joined["detail"])


def test_a_bot_without_a_webhook_does_not_work_until_it_has_one(settings: Settings) -> None:
    with at("telegram", settings) as line:
        line.provider.hooks.url = ""
        tested = line.admin.post(f"/api/channels/{line.channel['id']}/test").json()
        assert (tested["ok"], tested["detail"]) == (False, "no_webhook")
        assert line.admin.post(f"/api/channels/{line.channel['id']}/join").json()["ok"]


def test_a_secret_that_nobody_has_to_think_of_is_made_and_given_to_the_provider(settings: Settings) -> None:
    with at("telegram", settings) as line:
        told = {name: line.channel[name] for name in ("category_id", "kind", "settings")}
        made = line.admin.post(
            "/api/channels", json={**told, "name": "Second bot", "secrets": {"token": line.provider.token}}
        )
        assert made.status_code == 201, made.text
        assert made.json()["secrets"] == ["token", "webhook_secret"]
        assert line.admin.post(f"/api/channels/{made.json()['id']}/join").json()["ok"]
        assert len(line.provider.secret) > 30
        line.provider.hooks.url = f"{line.running.url}/api/hooks/{made.json()['public_key']}"
        line.writes(line.provider.meets("Ana"), "hola")
        assert eventually(line.conversations)


def test_a_channel_without_a_provider_cannot_be_joined(settings: Settings) -> None:
    with at("telegram", settings) as line:
        chat = next(one for one in line.admin.get("/api/channels").json() if one["kind"] == "webchat")
        refused = line.admin.post(f"/api/channels/{chat['id']}/join")
        assert (refused.status_code, refused.json()["code"]) == (409, NothingToJoin.code())


def test_a_number_of_somebody_else_and_a_provider_that_cannot_be_told_are_not_joined(settings: Settings) -> None:
    with at("sms", settings) as line:
        change = f"/api/channels/{line.channel['id']}"
        other = {**line.channel["settings"], "number": "+15005550001"}
        assert line.admin.patch(change, json={"settings": other}).is_success
        joined = line.admin.post(f"{change}/join").json()
        assert (joined["ok"], joined["detail"]) == (False, "no_such_number")
        gateway = {**other, "provider": "http", "send_url": "https://gateway.example"}
        changed = line.admin.patch(change, json={"settings": gateway, "secrets": {"hook_secret": "open sesame"}})
        assert (changed.status_code, changed.json()["joins"]) == (200, False)
        refused = line.admin.post(f"{change}/join")
        assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_join")
