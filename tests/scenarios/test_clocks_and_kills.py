"""Rule 16 of the session settings: deadlines outlive a server that is killed, and fire once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest

from helpline.app.settings import Settings
from helpline.core import new_id
from tests.listening import open_desk, until
from tests.ports import free_port
from tests.scenarios.test_lost_and_killed import Killable


@pytest.fixture
def victim(settings: Settings) -> Iterator[Killable]:
    """A server that is killed in the middle of the work."""
    server = Killable(msgspec.structs.replace(settings, port=free_port()))
    yield server
    server.stop()


def test_rule_16_the_clocks_of_a_session_go_on_after_a_kill_and_ring_once(victim: Killable) -> None:
    ada = victim.enter("/api/setup", workspace_name="Acme", name="Ada")
    said = {"idle_reminder": "Still there?", "idle_close": "Closed for now"}
    prompts = {name: {"on": True, "texts": {"en": text}} for name, text in said.items()}
    _decide(ada, prompts=prompts, closure={"contact_reminder": 1})
    id = _answered(victim, ada)

    victim.restart()
    _until(victim, ada, lambda: "Still there?" in _texts(ada, id))
    assert ada.get(f"/api/conversations/{id}").json()["state"] == "active"

    _decide(ada, closure={"contact_reminder": 0, "contact_timeout": 1})
    ada.post(f"/api/conversations/{id}/messages", json={"id": new_id(), "text": "Hello?", "anyway": True})
    victim.restart()
    _until(victim, ada, lambda: ada.get(f"/api/conversations/{id}").json()["state"] == "closed")
    victim.restart()

    assert ada.get(f"/api/conversations/{id}").json()["close_reason"] == "contact_timeout"
    assert [_texts(ada, id).count(text) for text in said.values()] == [1, 1]
    happened = [row["topic"] for row in ada.get(f"/api/conversations/{id}/facts").json()]
    assert [happened.count(topic) for topic in ("contact.reminded", "conversation.closed")] == [1, 1]


def test_rule_16_the_longest_wait_ends_after_a_kill_and_is_told_once(victim: Killable) -> None:
    ada = victim.enter("/api/setup", workspace_name="Acme", name="Ada")
    prompts = {"connect_failed": {"on": True, "texts": {"en": "Nobody is free"}}}
    _decide(ada, prompts=prompts, queue={"max_wait": 2})
    id = _begun(victim, ada)[1]

    victim.restart()
    _until(victim, ada, lambda: ada.get(f"/api/conversations/{id}").json()["state"] == "closed")
    victim.restart()

    assert ada.get(f"/api/conversations/{id}").json()["close_reason"] == "no_agent"
    assert _texts(ada, id).count("Nobody is free") == 1
    happened = [row["topic"] for row in ada.get(f"/api/conversations/{id}/facts").json()]
    assert happened.count("conversation.closed") == 1


def test_rule_16_who_waits_is_handed_over_when_it_opens_though_the_server_was_killed(victim: Killable) -> None:
    ada = victim.enter("/api/setup", workspace_name="Acme", name="Ada")
    category = ada.get("/api/channel-categories").json()[0]["id"]
    opens = datetime.now(UTC) + timedelta(seconds=6)
    closure = {"kind": "close", "category_ids": [category], "ends_at": opens.isoformat()}
    ada.post("/api/hours-switches", json=closure).raise_for_status()
    id = _begun(victim, ada)[1]
    assert ada.get(f"/api/conversations/{id}").json()["state"] == "waiting"

    victim.restart()
    with open_desk(victim, ada) as (socket, _):
        ada.put("/api/me/availability", json={"state": "ready"}).raise_for_status()
        if not _is_active(ada, id):
            until(socket, lambda _frame: _is_active(ada, id))
    happened = [row["topic"] for row in ada.get(f"/api/conversations/{id}/facts").json()]
    assert happened.count("conversation.assigned") == 1


def test_what_waits_to_go_out_goes_once_though_the_server_was_killed_and_what_was_taken_back_never(
    victim: Killable,
) -> None:
    ada = victim.enter("/api/setup", workspace_name="Acme", name="Ada")
    ada.patch("/api/workspace", json={"undo_chat": 10}).raise_for_status()
    id = _begun(victim, ada)[1]
    ada.post(f"/api/conversations/{id}/take").raise_for_status()
    given = [{"id": new_id(), "text": text, "anyway": True} for text in ("Never mind", "Which order?")]
    back, kept = (ada.post(f"/api/conversations/{id}/scheduled", json=one).json()["id"] for one in given)
    ada.post(f"/api/scheduled-messages/{back}/take-back").raise_for_status()

    victim.restart()
    _until(victim, ada, lambda: "Which order?" in _texts(ada, id))
    victim.restart()

    assert [_texts(ada, id).count(one["text"]) for one in given] == [0, 1]
    assert ada.get(f"/api/conversations/{id}/draft").json()["text"] == "Never mind"
    assert ada.post(f"/api/scheduled-messages/{kept}/take-back").json()["code"] == "already_sent"


def _answered(server: Killable, ada: httpx.Client) -> str:
    """A conversation in which the agent had the last word; its id."""
    id = _begun(server, ada)[1]
    ada.post(f"/api/conversations/{id}/take").raise_for_status()
    answer = {"id": new_id(), "text": "Which order?", "anyway": True}
    ada.post(f"/api/conversations/{id}/messages", json=answer).raise_for_status()
    return id


def _is_active(ada: httpx.Client, id: str) -> bool:
    return bool(ada.get(f"/api/conversations/{id}").json()["state"] == "active")


def _begun(server: Killable, ada: httpx.Client) -> tuple[httpx.Client, str]:
    """A visitor, and the conversation that they began."""
    key = ada.get("/api/channels").json()[0]["public_key"]
    visitor = server.client(server.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"})
    return visitor, str(said.json()["conversation_id"])


def _decide(ada: httpx.Client, **wanted: Any) -> None:
    version = ada.get("/api/session-settings").json()["version"]
    ada.patch("/api/session-settings", json={"version": version, **wanted}).raise_for_status()


def _texts(ada: httpx.Client, id: str) -> list[str]:
    return [row["text"] for row in ada.get(f"/api/conversations/{id}/messages").json()["items"]]


def _until(server: Killable, ada: httpx.Client, is_so: Any) -> None:
    """Until it is so. Frames only say when to look again."""
    with open_desk(server, ada) as (socket, _):
        if not is_so():
            until(socket, lambda _frame: is_so())
