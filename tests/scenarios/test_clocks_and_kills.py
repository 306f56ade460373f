"""Rule 16 of the session settings: deadlines outlive a server that is killed, and fire once."""

from collections.abc import Iterator
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


def _answered(server: Killable, ada: httpx.Client) -> str:
    """A conversation in which the agent had the last word; its id."""
    key = ada.get("/api/channels").json()[0]["public_key"]
    visitor = server.client(server.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    id = str(visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"}).json()["conversation_id"])
    ada.post(f"/api/conversations/{id}/take").raise_for_status()
    answer = {"id": new_id(), "text": "Which order?", "anyway": True}
    ada.post(f"/api/conversations/{id}/messages", json=answer).raise_for_status()
    return id


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
