"""The desk's WebSocket: who is let in, what is missed and made up for, and what ends it."""

import httpx
import pytest

from helpline.app import catching_up
from helpline.app.socket import BAD_FRAME, SIGNED_OUT, BadFrame
from helpline.core import new_id
from tests.listening import code_of, desk_socket, of_type, open_desk, say, until, upserted
from tests.running import PASSWORD, Running

GARBAGE = [
    "not json",
    "",
    "[]",
    "null",
    '{"type":"nope"}',
    '{"type":"ping","x":',
    "[" * 5000,
    '{"type":"hello","after":"x"}',
]
GARBAGE += ['{"type":"hello","watch":[1]}', f'{{"type":"watch","conversations":{["x"] * 51}}}'.replace("'", '"')]


def _visitor(running: Running, admin: httpx.Client) -> httpx.Client:
    key = admin.get("/api/channels").json()[0]["public_key"]
    return running.client(running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])


def _write(visitor: httpx.Client, text: str) -> str:
    said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": text})
    return str(said.json()["conversation_id"])


def test_garbage_closes_it_whenever_it_comes(running: Running) -> None:
    admin = running.set_up()
    for frame in [*GARBAGE, b"\xff\xfe\x00", '{"type":"watch","conversations":[]}', '{"type":"ping"}', "x" * 300_000]:
        with desk_socket(running, admin) as socket:
            socket.send(frame)
            assert code_of(socket) == BAD_FRAME, (BadFrame.__name__, frame[:40])
    for frame in [*GARBAGE, '{"type":"hello","after":null}']:
        with open_desk(running, admin) as (socket, _):
            socket.send(frame)
            assert code_of(socket) == BAD_FRAME, frame[:40]


def test_only_our_own_page_with_a_signed_in_cookie_is_let_in(running: Running) -> None:
    admin = running.set_up()
    for client, headers in (
        (running.client(), {}),
        (admin, {"origin": "https://evil.example"}),
        (admin, {"origin": ""}),
        (admin, {"authorization": "Bearer hl_nonsense"}),
    ):
        with desk_socket(running, client, **headers) as socket:
            assert code_of(socket) == SIGNED_OUT


def test_signing_out_and_being_made_inactive_end_it(running: Running) -> None:
    admin = running.set_up()
    given = {"name": "Grace", "email": "grace@example.com", "password": PASSWORD}
    grace_id = admin.post("/api/agents", json=given).json()["id"]
    grace = running.client()
    grace.post("/api/session", json={"email": given["email"], "password": PASSWORD}).raise_for_status()
    with open_desk(running, grace) as (socket, _):
        admin.patch(f"/api/agents/{grace_id}", json={"active": False}).raise_for_status()
        assert code_of(socket) == SIGNED_OUT
    with open_desk(running, admin) as (socket, _):
        admin.delete("/api/session").raise_for_status()
        assert code_of(socket) == SIGNED_OUT


def test_who_was_away_hears_what_they_missed(running: Running) -> None:
    admin = running.set_up()
    with open_desk(running, admin) as (socket, ready):
        assert ready["resumed"] is False
        say(socket, type="ping")
        seen = until(socket, of_type("pong"))["seq"]
    id = _write(_visitor(running, admin), "Are you there?")
    with open_desk(running, admin, after=seen) as (socket, ready):
        assert ready["resumed"] is True
        assert ready["seq"] > seen
        missed = until(socket, lambda frame: frame if upserted("message")(frame) else None)
        assert [row["text"] for row in missed["upsert"]["message"] if row["author"]["kind"] == "contact"] == [
            "Are you there?"
        ]
        assert [row["id"] for row in missed["upsert"]["conversation"]] == [id]


@pytest.mark.parametrize("after", [0, 10**9, -1])
def test_who_is_too_far_behind_fetches_everything_again(
    running: Running, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(catching_up, "FARTHEST", 3)
    admin = running.set_up()
    for number in range(3):
        _write(_visitor(running, admin), f"text {number}")
    with open_desk(running, admin, after=after) as (socket, ready):
        assert ready["resumed"] is False
        id = _write(_visitor(running, admin), "and on")
        assert until(socket, upserted("conversation"))[0]["id"] == id


def test_an_open_desk_is_what_makes_an_agent_connected(running: Running) -> None:
    admin = running.set_up()
    refused = admin.put("/api/me/availability", json={"state": "ready"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_connected")
    with open_desk(running, admin) as (socket, _):
        ready = admin.put("/api/me/availability", json={"state": "ready"}).json()
        assert (ready["connected"], ready["availability"]["state"]) == (True, "ready")
        told = until(socket, lambda frame: _ready(upserted("agent")(frame)))
        assert told["id"] == ready["id"]


def _ready(agents: list[dict[str, object]] | None) -> dict[str, object] | None:
    return next((row for row in agents or [] if row["availability"]["state"] == "ready"), None)  # type: ignore[index]
