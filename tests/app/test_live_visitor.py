"""The widget's WebSocket: hello, messages with their acknowledgement, resuming, and what ends it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from websockets.sync.client import connect

from helpline.app.socket import BAD_FRAME, SIGNED_OUT
from helpline.app.visitor_live import RefusedMessage
from helpline.core import new_id
from tests.listening import code_of, new_visitor, of_type, open_chat, open_desk, say, until, upserted
from tests.running import Running

GARBAGE = [
    "not json",
    "[]",
    '{"type":"nope"}',
    "[" * 5000,
    '{"type":"hello"}',
    '{"type":"hello","token":1}',
    b"\xff\xfe",
]


def _token(running: Running, admin: httpx.Client) -> str:
    key = admin.get("/api/channels").json()[0]["public_key"]
    return str(running.client().post(f"/api/webchat/{key}/visitors", json={"name": "Amara"}).json()["token"])


def test_garbage_closes_it_whenever_it_comes(running: Running) -> None:
    token = _token(running, running.set_up())
    for frame in [
        *GARBAGE,
        json.dumps({"type": "send", "id": new_id(), "text": "Hi"}),
        '{"type":"ping"}',
        "x" * 300_000,
    ]:
        with connect(f"{running.ws_url}/api/webchat/live") as socket:
            socket.send(frame)
            assert code_of(socket) == BAD_FRAME, frame[:40]
    for frame in [*GARBAGE, json.dumps({"type": "hello", "token": token})]:
        with open_chat(running, token) as (socket, _):
            socket.send(frame)
            assert code_of(socket) == BAD_FRAME, frame[:40]


def test_a_token_that_is_not_valid_and_a_site_that_is_not_allowed(running: Running) -> None:
    token = _token(running, running.set_up())
    with connect(f"{running.ws_url}/api/webchat/live") as socket:
        say(socket, type="hello", token="nonsense")
        assert code_of(socket) == SIGNED_OUT
    headers = {"origin": "https://evil.example"}
    with connect(f"{running.ws_url}/api/webchat/live", additional_headers=headers) as socket:
        say(socket, type="hello", token=token)
        assert until(socket, of_type("error"))["code"] == "domain_not_allowed"
        assert code_of(socket) == BAD_FRAME


def test_an_open_chat_hears_that_it_is_closed_at_once_and_open_again(running: Running) -> None:
    admin = running.set_up()
    [category] = admin.get("/api/channel-categories").json()
    until_when = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    with open_chat(running, _token(running, admin)) as (socket, view):
        assert view["hours"] == {"closed_from": None, "opens_at": None}
        closing = {"kind": "close", "category_ids": [category["id"]], "ends_at": until_when}
        switch = admin.post("/api/hours-switches", json=closing).raise_for_status().json()
        told = until(socket, of_type("hours"))["hours"]
        assert datetime.fromisoformat(told["opens_at"]) == datetime.fromisoformat(until_when)
        assert datetime.fromisoformat(told["closed_from"]) <= datetime.now(UTC)
        with open_chat(running, _token(running, admin)) as (_, another):
            assert another["hours"]["opens_at"] == told["opens_at"]
        admin.delete(f"/api/hours-switches/{switch['id']}").raise_for_status()
        assert until(socket, of_type("hours"))["hours"] == {"closed_from": None, "opens_at": None}


def test_a_chat_of_another_workspace_or_channel_hears_nothing_of_it(running: Running) -> None:
    admin = running.set_up()
    [category] = admin.get("/api/channel-categories").json()
    other = admin.post("/api/channel-categories", json={"name": "Other", "team_id": category["team_id"]}).json()
    with open_chat(running, _token(running, admin)) as (socket, _):
        admin.post("/api/hours-switches", json={"kind": "close", "category_ids": [other["id"]]}).raise_for_status()
        assert until(socket, of_type("hours"))["hours"] == {"closed_from": None, "opens_at": None}


def test_a_message_sent_twice_is_acknowledged_twice_and_is_one(running: Running) -> None:
    token, id = _token(running, running.set_up()), new_id()
    with open_chat(running, token) as (socket, view):
        assert view["conversation"] is None
        for _ in range(2):
            say(socket, type="send", id=id, text="Hello")
        acks = [until(socket, of_type("ack")) for _ in range(2)]
        assert acks[0] == acks[1]
    with open_chat(running, token) as (_, view):
        assert _texts(view) == ["Hello"]


def test_a_refused_message_is_answered_and_the_line_stays_open(running: Running) -> None:
    with open_chat(running, _token(running, running.set_up())) as (socket, _):
        for said, code in (
            ({"text": " "}, "nothing_to_say"),
            ({"text": "see", "file_ids": [new_id()]}, "unknown_file"),
            ({"text": "x" * 20_001}, "invalid_request"),
            ({"text": 5}, "invalid_request"),
        ):
            id = new_id()
            say(socket, type="send", id=id, **said)
            error = until(socket, of_type("error"))
            assert (error["id"], error["code"]) == (id, code), RefusedMessage.__name__
            assert error["detail"]
        say(socket, type="page", url="https://shop.example/boots")
        say(socket, type="ping")
        assert until(socket, of_type("pong"))


def test_a_strange_character_is_refused_or_kept_and_the_line_stays_open(running: Running) -> None:
    with open_chat(running, _token(running, running.set_up())) as (socket, _):
        say(socket, type="send", id=new_id(), text="a\x00b")
        assert until(socket, lambda frame: frame if frame["type"] in {"ack", "error"} else None)
        say(socket, type="ping")
        assert until(socket, of_type("pong"))


def test_a_page_that_is_visited_is_seen_at_desks_and_said_again_it_is_nothing(running: Running) -> None:
    admin = running.set_up()
    token = new_visitor(running, admin)
    said = running.client(token).post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"}).json()
    boots = "https://shop.example/boots"
    with open_desk(running, admin) as (desk, _), open_chat(running, token) as (socket, _):
        say(socket, type="page", url=boots)
        row = until(desk, upserted("conversation"))[0]
        assert (row["id"], row["page"]) == (said["conversation_id"], boots)
        say(socket, type="page", url=boots)
        say(socket, type="ping")
        until(socket, of_type("pong"))
        again = admin.get(f"/api/conversations/{said['conversation_id']}").json()
        assert again["version"] == row["version"]


def test_who_comes_back_gets_what_they_missed(running: Running) -> None:
    admin = running.set_up()
    token = _token(running, admin)
    with open_chat(running, token) as (socket, _):
        say(socket, type="send", id=new_id(), text="Hello")
        said = until(socket, of_type("ack"))["message"]
    id = said["conversation_id"]
    admin.post(f"/api/conversations/{id}/take").raise_for_status()
    answer = {"id": new_id(), "text": "Hello Amara", "anyway": True}
    admin.post(f"/api/conversations/{id}/messages", json=answer).raise_for_status()
    with open_chat(running, token, conversation_id=id, after=said["seq"]) as (_, view):
        assert _texts(view) == ["Hello Amara"]
        assert view["conversation"]["agent_name"] == "Ada"
    with open_chat(running, token, conversation_id=new_id(), after=99) as (_, view):
        assert _texts(view) == ["Hello", "Hello Amara"]


def test_both_tabs_see_what_one_of_them_wrote(running: Running) -> None:
    token = _token(running, running.set_up())
    with open_chat(running, token) as (one, _), open_chat(running, token) as (other, _):
        id = new_id()
        say(one, type="send", id=id, text="from one tab")
        heard = until(other, of_type("message"))["message"]
        assert (heard["text"], heard["client_id"]) == ("from one tab", id)
        assert until(one, of_type("ack"))["message"] == heard


def _texts(view: dict[str, Any]) -> list[str]:
    return [message["text"] for message in view["messages"] if message["by"] != "system" and not message["event"]]
