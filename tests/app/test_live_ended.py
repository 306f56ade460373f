"""What an open desk may no longer hear, it hears no longer: at once, not at the next request."""

import threading
from typing import Any

import httpx
import pytest

from helpline.app import desk_live
from helpline.app.socket import SIGNED_OUT
from helpline.core import new_id
from tests.listening import Frame, code_of, desk_socket, eventually, of_type, open_desk, say, until, upserted
from tests.running import PASSWORD, Running


def _colleague(running: Running, admin: httpx.Client, **given: object) -> tuple[str, httpx.Client]:
    asked = {"name": "Grace", "email": "grace@example.com", "password": PASSWORD, **given}
    id = admin.post("/api/agents", json=asked).json()["id"]
    client = running.client()
    answer = client.post("/api/session", json={"email": asked["email"], "password": PASSWORD})
    client.headers["x-csrf-token"] = answer.json()["csrf"]
    return id, client


def _keep(heard: list[str], frame: Frame) -> None:
    heard.extend(row["text"] for row in upserted("message")(frame) or [])


def test_a_withdrawn_token_ends_its_sockets(running: Running) -> None:
    admin = running.set_up()
    token = admin.post("/api/tokens", json={"name": "robot"}).json()
    with desk_socket(running, admin, authorization=f"Bearer {token['token']}") as socket:
        say(socket, type="hello", after=None, watch=[])
        until(socket, of_type("ready"))
        admin.delete(f"/api/tokens/{token['id']}").raise_for_status()
        assert code_of(socket) == SIGNED_OUT


def test_a_changed_password_ends_the_sockets_of_the_other_browsers(running: Running) -> None:
    admin = running.set_up()
    id, grace = _colleague(running, admin)
    with open_desk(running, grace) as (socket, _):
        admin.patch(f"/api/agents/{id}", json={"password": "quite another one"}).raise_for_status()
        assert code_of(socket) == SIGNED_OUT


def test_who_watches_hears_no_more_when_it_is_handed_to_another_team(running: Running) -> None:
    admin = running.set_up()
    home = admin.get("/api/teams").json()[0]["id"]
    other = admin.post("/api/teams", json={"name": "Night"}).json()["id"]
    _, grace = _colleague(running, admin, team_ids=[home])
    key = admin.get("/api/channels").json()[0]["public_key"]
    visitor = running.client(running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "first"}).json()
    with desk_socket(running, grace) as socket:
        say(socket, type="hello", after=None, watch=[said["conversation_id"]])
        until(socket, of_type("ready"))
        admin.post(f"/api/conversations/{said['conversation_id']}/transfer", json={"team_id": other}).raise_for_status()
        until(socket, lambda frame: [row for row in upserted("conversation")(frame) or [] if row["team_id"] == other])
        say(socket, type="ping")
        until(socket, of_type("pong"))
        visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "second"}).raise_for_status()
        say(socket, type="ping")
        heard: list[str] = []
        until(socket, lambda frame: _keep(heard, frame) or frame["type"] == "pong")
        assert "second" not in heard
    assert grace.get(f"/api/conversations/{said['conversation_id']}").status_code == 404


def test_what_is_taken_from_a_role_is_gone_at_once_for_all_who_have_it_and_for_nobody_else(running: Running) -> None:
    admin = running.set_up()
    held = ["conversation.read", "conversation.read_all", "people.read", "record.read_all", "record.read"]
    role = admin.post("/api/roles", json={"name": "Listener", "permissions": held}).json()["id"]
    _, listener = _colleague(running, admin, role=role)
    _, other = _colleague(running, admin, name="Hedy", email="hedy@example.com")
    assert listener.get("/api/session").json()["permissions"] == sorted(held)
    with open_desk(running, listener) as (ended, _), open_desk(running, other) as (stays, _):
        renamed = {"name": "Quiet listener"}
        admin.patch(f"/api/roles/{role}", json=renamed).raise_for_status()
        assert until(ended, upserted("role"))[0]["name"] == renamed["name"]
        less = [name for name in held if name != "conversation.read_all"]
        admin.patch(f"/api/roles/{role}", json={"permissions": less}).raise_for_status()
        assert code_of(ended) == SIGNED_OUT
        until(stays, lambda frame: [row for row in upserted("role")(frame) or [] if row["permissions"] == sorted(less)])
        say(stays, type="ping")
        until(stays, of_type("pong"))
    assert listener.get("/api/session").json()["permissions"] == sorted(less)
    admin.patch(f"/api/roles/{role}", json={"permissions": ["people.read"]}).raise_for_status()
    assert listener.get("/api/records").status_code == 403
    assert listener.get("/api/agents").status_code == 200


def test_a_removed_role_is_forgotten_by_open_desks_and_by_those_that_come_back(running: Running) -> None:
    admin = running.set_up()
    role = admin.post("/api/roles", json={"name": "Short-lived"}).json()["id"]
    with open_desk(running, admin) as (socket, _):
        say(socket, type="ping")
        seen = until(socket, of_type("pong"))["seq"]
        assert admin.delete(f"/api/roles/{role}").status_code == 204
        assert until(socket, lambda frame: frame.get("remove")) == {"role": [role]}
    with open_desk(running, admin, after=seen) as (socket, _):
        assert until(socket, lambda frame: frame.get("remove")) == {"role": [role]}


def test_a_desk_hears_of_nothing_that_its_role_may_not_ask_for(running: Running) -> None:
    admin = running.set_up()
    team = admin.get("/api/teams").json()[0]["id"]
    held = ["conversation.read", "conversation.read_all", "people.read"]
    role = admin.post("/api/roles", json={"name": "Listener", "permissions": held}).json()["id"]
    _, listener = _colleague(running, admin, role=role, team_ids=[team])
    key = admin.get("/api/channels").json()[0]["public_key"]
    visitor = running.client(running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    with open_desk(running, listener) as (socket, _):
        say(socket, type="ping")
        before = until(socket, of_type("pong"))["seq"]
        talk = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"}).json()["conversation_id"]
        admin.post(f"/api/conversations/{talk}/take").raise_for_status()
        answer = {"id": new_id(), "text": "Hello!", "anyway": True}
        admin.post(f"/api/conversations/{talk}/messages", json=answer).raise_for_status()
        admin.post("/api/contacts", json={"name": "Somebody"}).raise_for_status()
        say(socket, type="ping")
        kinds: set[str] = set()
        until(socket, lambda frame: kinds.update(frame.get("upsert", {})) or frame["type"] == "pong")
        assert kinds == {"conversation", "message", "agent"}
    assert [row["handler_id"] for row in admin.get("/api/records").json()["items"]] != []
    with open_desk(running, listener, after=before) as (socket, _):
        assert set(until(socket, of_type("update"))["upsert"]) == {"conversation", "message", "agent"}


def test_a_desk_that_is_gone_does_not_come_back_when_what_it_may_hear_has_been_read(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = running.set_up()
    id, grace = _colleague(running, admin)
    reading, go, been_read = threading.Event(), threading.Event(), threading.Event()
    groups = desk_live._groups

    def slowly(*given: Any) -> Any:
        reading.set()
        go.wait(30)
        try:
            return groups(*given)
        finally:
            been_read.set()

    desks = lambda: running.app.state.hub.count()["desk"]  # noqa: E731
    with open_desk(running, grace):
        monkeypatch.setattr(desk_live, "_groups", slowly)
        admin.patch(f"/api/agents/{id}", json={"name": "Grace H."}).raise_for_status()
        assert reading.wait(30)
    eventually(lambda: desks() == 0)
    go.set()
    assert been_read.wait(30)
    for _ in range(5):
        admin.get("/api/session").raise_for_status()
    assert desks() == 0
