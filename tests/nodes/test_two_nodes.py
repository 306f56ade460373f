"""Two nodes behave as one: who is on one of them talks with who is on the other, by bus, and without it by the log."""

import httpx
import pytest

from helpline.app import hub, keystrokes
from helpline.core import new_id
from tests.listening import code_of, new_visitor, of_type, open_chat, open_desk, say, until, upserted
from tests.nodes.conftest import Pair
from tests.running import PASSWORD, Running


@pytest.fixture
def never_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks into the log: what arrives has come over the bus."""
    for name in ("LOOK_EVERY", "LOOK_RARELY", "PATIENCE"):
        monkeypatch.setattr(hub, name, 3600.0)


def _ready(node: Running, admin: httpx.Client) -> httpx.Client:
    """The administrator at this node, who serves what comes."""
    here = node.client()
    here.cookies, here.headers = admin.cookies, admin.headers
    here.put("/api/me/availability", json={"state": "ready"}).raise_for_status()
    return here


def _converse(one: Running, other: Running) -> None:
    admin = one.set_up()
    token = new_visitor(one, admin)
    with open_desk(one, admin) as (desk, _):
        here = _ready(one, admin)
        with open_chat(other, token) as (visitor, _):
            say(visitor, type="send", id=new_id(), text="Hello over there")
            row = until(desk, lambda frame: _mine(upserted("conversation")(frame)))
            until(visitor, lambda frame: frame["type"] == "state" and frame["conversation"]["state"] == "active")
            answer = {"id": new_id(), "text": "Hello to you", "seen_up_to": 99}
            here.post(f"/api/conversations/{row['id']}/messages", json=answer).raise_for_status()
            heard = until(visitor, lambda frame: frame if _is_text(frame) else None)["message"]
            assert (heard["text"], heard["by"]) == ("Hello to you", "agent")
            say(visitor, type="send", id=new_id(), text="Bye")
            until(desk, lambda frame: "Bye" in [row["text"] for row in upserted("message")(frame) or []])


def _mine(rows: list[dict[str, object]] | None) -> dict[str, object] | None:
    return next((row for row in rows or [] if row["state"] == "active"), None)


def _is_text(frame: dict[str, object]) -> bool:
    return frame["type"] == "message" and frame["message"]["kind"] == "text" and frame["message"]["by"] == "agent"  # type: ignore[index]


def test_a_visitor_on_one_node_and_an_agent_on_the_other_talk(never_looks: None, nodes: Pair) -> None:
    _converse(*nodes)


def test_without_redis_they_talk_too(strangers: Pair) -> None:
    _converse(*strangers)


def test_typing_and_looking_reach_the_other_node(nodes: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keystrokes, "AT_MOST_EVERY", 0.0)
    one, other = nodes
    admin = one.set_up()
    token = new_visitor(one, admin)
    id = one.client(token).post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"}).json()["conversation_id"]
    admin.post(f"/api/conversations/{id}/take").raise_for_status()
    given = {"name": "Grace", "email": "grace@example.com", "password": PASSWORD, "role": "supervisor"}
    admin.post("/api/agents", json=given).raise_for_status()
    grace = other.client()
    grace.post("/api/session", json={"email": given["email"], "password": PASSWORD}).raise_for_status()
    with open_desk(one, admin) as (ada, _), open_chat(other, token) as (visitor, _):
        say(ada, type="watch", conversations=[id])
        with open_desk(other, grace) as (there, _):
            say(there, type="watch", conversations=[id])
            for desk in (ada, there):
                until(desk, lambda frame: frame["type"] == "looking" and len(frame["agents"]) == 2)
            say(ada, type="typing", conversation_id=id, visibility="public")
            assert until(there, of_type("typing"))["by"]["name"] == "Ada"
            assert until(visitor, of_type("typing"))["name"] == "Ada"
            say(visitor, type="typing")
            until(ada, lambda frame: frame["type"] == "typing" and frame["by"]["name"] == "Amara")
        until(ada, lambda frame: frame["type"] == "looking" and len(frame["agents"]) == 1)


def test_who_is_signed_out_on_one_node_is_out_on_the_other(never_looks: None, nodes: Pair) -> None:
    _sign_out(*nodes)


def test_without_redis_too(strangers: Pair) -> None:
    _sign_out(*strangers)


def _sign_out(one: Running, other: Running) -> None:
    admin = one.set_up()
    with open_desk(other, admin) as (desk, _):
        there = other.client()
        there.cookies.update(admin.cookies)
        assert there.get("/api/session").status_code == 200
        admin.delete("/api/session").raise_for_status()
        assert code_of(desk) == 4401
        assert there.get("/api/session").status_code == 401


def test_who_waits_is_told_their_place_on_whichever_node_they_are(never_looks: None, nodes: Pair) -> None:
    one, other = nodes
    admin = one.set_up()
    first, second = new_visitor(one, admin), new_visitor(one, admin)
    with open_chat(one, first) as (ahead, _), open_chat(other, second) as (behind, _):
        say(ahead, type="send", id=new_id(), text="first")
        id = until(ahead, of_type("ack"))["message"]["conversation_id"]
        say(behind, type="send", id=new_id(), text="second")
        until(behind, lambda frame: frame["type"] == "state" and frame["conversation"]["queue_position"] == 2)
        admin.post(f"/api/conversations/{id}/take").raise_for_status()
        until(behind, lambda frame: frame["type"] == "state" and frame["conversation"]["queue_position"] == 1)


def test_failed_sign_ins_count_over_both(nodes: Pair) -> None:
    one, other = nodes
    one.set_up()
    wrong = {"email": "ada@example.com", "password": "not the password"}
    codes = [node.client().post("/api/session", json=wrong).status_code for node in (one, other) * 6]
    assert codes == [401] * 10 + [429] * 2
