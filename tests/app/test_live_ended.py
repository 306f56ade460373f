"""What an open desk may no longer hear, it hears no longer: at once, not at the next request."""

import httpx

from helpline.app.socket import SIGNED_OUT
from helpline.core import new_id
from tests.listening import Frame, code_of, desk_socket, of_type, open_desk, say, until, upserted
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
