"""A server that is killed while timers run keeps them: what was to happen happens, once, and who is back in time loses nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import msgspec
import pytest
from websockets.sync.client import ClientConnection

from bench.kills import Victim
from helpline.app.settings import Settings
from helpline.core import new_id
from tests.listening import open_desk, until
from tests.ports import free_port
from tests.running import PASSWORD


class Killable(Victim):
    """A server in a process of its own, and the ways to it."""

    def __init__(self, settings: Settings) -> None:
        self.url, self.ws_url = f"http://127.0.0.1:{settings.port}", f"ws://127.0.0.1:{settings.port}"
        self._clients: list[httpx.Client] = []
        super().__init__(settings)

    def client(self, token: str = "") -> httpx.Client:
        """A program with this token, or nobody yet."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._clients.append(httpx.Client(base_url=self.url, headers=headers, timeout=30))
        return self._clients[-1]

    def stop(self) -> None:
        for client in self._clients:
            client.close()
        super().stop()

    def enter(self, path: str, **given: str) -> httpx.Client:
        """Somebody who is signed in."""
        client = self.client()
        answer = client.post(path, json={"email": "ada@example.com", "password": PASSWORD, **given})
        client.headers["x-csrf-token"] = answer.json()["csrf"]
        return client


@pytest.fixture
def server(settings: Settings) -> Iterator[Killable]:
    """A server that may be killed."""
    victim = Killable(msgspec.structs.replace(settings, port=free_port()))
    yield victim
    victim.stop()


def test_grace_times_survive_kills_and_end_once(server: Killable) -> None:
    ada = server.enter("/api/setup", workspace_name="Acme", name="Ada")
    visitor = _visitor(server, ada)
    ben = _colleague(server, ada)
    me = ada.get("/api/session").json()["agent"]["id"]

    # Killed while the first grace time runs: it goes on, and who comes back after it, within the second, keeps everything.
    ada.patch("/api/workspace", json={"offline_after": 1, "return_after": 120})
    with open_desk(server, ben) as (socket, _):
        with open_desk(server, ada):
            ada.put("/api/me/availability", json={"state": "ready"})
            said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"}).json()
        _wait_for(socket, ben, "agent", lambda row: row["id"] == me and not row["connected"])
    server.restart()
    with open_desk(server, ben) as (socket, _):
        _wait_for(socket, ben, "agent", lambda row: row["id"] == me and row["availability"]["state"] == "offline")
        with open_desk(server, ada):
            ada.put("/api/me/availability", json={"state": "ready"})
            talk = ada.get(f"/api/conversations/{said['conversation_id']}").json()
            assert (talk["state"], talk["agent_id"]) == ("active", me)
            assert ada.get("/api/me/returned").json() == []
            ada.patch("/api/workspace", json={"offline_after": 0, "return_after": 1})
        _wait_for(socket, ben, "agent", lambda row: row["id"] == me and row["availability"]["state"] == "offline")

    # Killed while the second one runs: it ends, once, and the conversation goes to others.
    server.restart()
    with open_desk(server, ben) as (socket, _):
        ben.put("/api/me/availability", json={"state": "ready"})
        _wait_for(socket, ben, "conversation", lambda row: row["agent_id"] not in {None, me})
    facts = ben.get(f"/api/conversations/{said['conversation_id']}/facts").json()
    happened = [row["topic"] for row in facts]
    assert [happened.count(f"conversation.{what}") for what in ("returned", "assigned")] == [1, 2]

    # Who is back later is told what left, until they say that they have seen it.
    (gone,) = ada.get("/api/me/returned").json()
    assert (gone["conversation_id"], gone["state"]) == (said["conversation_id"], "active")
    assert ada.get("/api/session").json()["agent"]["returned"] == 1
    assert ada.delete("/api/me/returned").status_code == 204
    assert ada.get("/api/me/returned").json() == []


def test_rule_16_an_offer_survives_a_kill_and_goes_on_to_the_next_once(server: Killable) -> None:
    ada = server.enter("/api/setup", workspace_name="Acme", name="Ada")
    visitor = _visitor(server, ada)
    ben = _colleague(server, ada)
    me = ada.get("/api/session").json()["agent"]["id"]
    manual = {"version": 0, "service_mode": {"mode": "manual", "connect_within": 5, "break_after_miss": True}}
    assert ada.patch("/api/session-settings", json=manual).status_code == 200
    with open_desk(server, ada):
        ada.put("/api/me/availability", json={"state": "ready"})
        said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"}).json()
        talk = ada.get(f"/api/conversations/{said['conversation_id']}").json()
        assert (talk["state"], talk["agent_id"]) == ("offered", me)
        server.restart()

    # The time runs on while nobody is there to look, and is up once.
    with open_desk(server, ada), open_desk(server, ben) as (socket, _):
        ben.put("/api/me/availability", json={"state": "ready"})
        _wait_for(socket, ben, "conversation", lambda row: row["state"] == "offered" and row["agent_id"] != me)
        assert ben.post(f"/api/conversations/{said['conversation_id']}/connect").status_code == 200
    facts = ben.get(f"/api/conversations/{said['conversation_id']}/facts").json()
    happened = [row["topic"] for row in facts]
    told = [happened.count(f"conversation.{what}") for what in ("offered", "offer_ended", "assigned")]
    assert told == [2, 1, 1]


def _visitor(server: Killable, admin: httpx.Client) -> httpx.Client:
    key = admin.get("/api/channels").json()[0]["public_key"]
    return server.client(server.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])


def _colleague(server: Killable, admin: httpx.Client) -> httpx.Client:
    (team,) = admin.get("/api/teams").json()
    ben = {
        "name": "Ben",
        "email": "ben@example.com",
        "password": PASSWORD,
        "role": "supervisor",
        "team_ids": [team["id"]],
    }
    assert admin.post("/api/agents", json=ben).status_code == 201
    return server.enter("/api/session", email="ben@example.com")


LISTS = {"agent": "/api/agents", "conversation": "/api/conversations?view=all"}


def _wait_for(socket: ClientConnection, client: httpx.Client, kind: str, fits: Callable[[Any], bool]) -> None:
    """Until there is a row like this. Frames only say when to look again: what they hold may have passed already."""

    def is_there(_: Any = None) -> bool:
        rows = client.get(LISTS[kind]).json()
        return any(map(fits, rows["items"] if isinstance(rows, dict) else rows))

    if not is_there():
        until(socket, is_there)
