"""What is filled in for a channel: checked by its kind, its secrets locked and told to nobody."""

from typing import Any

import pytest

from helpline.channels.accounts import BadChannelSetting, UnknownKind, check_settings
from helpline.core.tokens import CannotUnlock, Signer
from tests.running import Running


@pytest.mark.parametrize(
    ("settings", "secrets", "field"),
    [
        ({}, {"secret"}, "settings.url"),
        ({"url": "https://a.example"}, set(), "secrets.secret"),
        ({"url": "not an address"}, {"secret"}, "settings.url"),
        ({"url": "ftp://a.example"}, {"secret"}, "settings.url"),
        ({"url": 3}, {"secret"}, "settings.url"),
        ({"url": "https://a.example", "colour": "red"}, {"secret"}, "settings.colour"),
        ({"url": "https://a.example", "secret": "in the wrong place"}, {"secret"}, "settings.secret"),
        ({}, {"url", "secret"}, "secrets.url"),
    ],
)
def test_what_is_missing_or_wrong_is_said_with_its_field(
    settings: dict[str, Any], secrets: set[str], field: str
) -> None:
    with pytest.raises(BadChannelSetting) as refused:
        check_settings("api", settings, secrets, is_active=True)
    assert refused.value.field == field


def test_a_channel_that_is_switched_off_may_lack_what_it_needs() -> None:
    assert check_settings("api", {}, set(), is_active=False) == {"url": ""}


def test_there_is_no_channel_of_a_kind_that_is_none() -> None:
    with pytest.raises(UnknownKind):
        check_settings("carrier pigeon", {}, set(), is_active=True)


def test_a_locked_secret_is_read_here_for_what_it_is_about_and_nowhere_else() -> None:
    here, elsewhere = Signer("this installation"), Signer("another")
    kept = here.lock("very secret", "workspace", "token")
    assert "very secret" not in kept
    assert here.unlock(kept, "workspace", "token") == "very secret"
    for signer, about in ((elsewhere, ("workspace", "token")), (here, ("workspace", "other"))):
        with pytest.raises(CannotUnlock):
            signer.unlock(kept, *about)
    with pytest.raises(CannotUnlock):
        here.unlock("nothing", "workspace", "token")


def test_secrets_go_in_and_never_out(running: Running) -> None:
    admin = running.set_up()
    category = admin.get("/api/channel-categories").json()[0]["id"]
    given = {"name": "App", "kind": "api", "category_id": category, "settings": {"url": "https://app.example"}}
    refused = admin.post("/api/channels", json=given)
    assert (refused.status_code, refused.json()["field"]) == (422, "secrets.secret")
    made = admin.post("/api/channels", json={**given, "secrets": {"secret": "very secret"}}).json()
    assert (made["secrets"], "very secret" in str(made)) == (["secret"], False)
    everything = admin.get("/api/channels").text + admin.get("/api/audit").text
    assert "very secret" not in everything
    gone = admin.patch(f"/api/channels/{made['id']}", json={"secrets": {"secret": ""}})
    assert gone.json()["field"] == "secrets.secret"
    off = admin.patch(f"/api/channels/{made['id']}", json={"active": False, "secrets": {"secret": ""}}).json()
    assert off["secrets"] == []
    unknown = admin.post("/api/channels", json={**given, "name": "Line", "kind": "phone"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_kind")
    kinds = {one["kind"]: one for one in admin.get("/api/channel-kinds").json()}
    assert [one["name"] for one in kinds["api"]["settings"]] == ["url", "secret"]
