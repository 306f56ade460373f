"""Who is writing and who is looking: told to those whom it concerns, never kept."""

import httpx
import pytest
from websockets.sync.client import ClientConnection

from helpline.app import keystrokes
from helpline.core import new_id
from tests.listening import Frame, code_of, desk_socket, new_visitor, of_type, open_chat, open_desk, say, until
from tests.running import PASSWORD, Running


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may say it as often as they like."""
    monkeypatch.setattr(keystrokes, "AT_MOST_EVERY", 0.0)


def _agent(running: Running, admin: httpx.Client, name: str, **given: object) -> httpx.Client:
    email = f"{name.lower()}@example.com"
    made = {"name": name, "email": email, "password": PASSWORD, **given}
    admin.post("/api/agents", json=made).raise_for_status()
    client = running.client()
    session = client.post("/api/session", json={"email": email, "password": PASSWORD}).json()
    client.headers["x-csrf-token"] = session["csrf"]
    return client


def _write(running: Running, token: str) -> str:
    said = running.client(token).post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"})
    return str(said.json()["conversation_id"])


def _names(socket: ClientConnection) -> list[str]:
    return sorted(agent["name"] for agent in until(socket, of_type("looking"))["agents"])


def _kinds_until_pong(socket: ClientConnection) -> set[str]:
    say(socket, type="ping")
    kinds: set[str] = set()

    def note(frame: Frame) -> bool:
        kinds.add(frame["type"])
        return frame["type"] == "pong"

    until(socket, note)
    return kinds


def test_who_looks_is_told_to_all_who_look_and_whenever_it_changes(running: Running) -> None:
    admin = running.set_up()
    team = admin.get("/api/teams").json()[0]["id"]
    grace = _agent(running, admin, "Grace", team_ids=[team])
    id = _write(running, new_visitor(running, admin))
    with open_desk(running, admin) as (ada, _):
        say(ada, type="watch", conversations=[id])
        assert _names(ada) == ["Ada"]
        with open_desk(running, grace) as (other, _):
            say(other, type="watch", conversations=[id])
            assert _names(other) == ["Ada", "Grace"]
            until(ada, lambda frame: frame["type"] == "looking" and len(frame["agents"]) == 2)
            say(other, type="watch", conversations=[])
            until(ada, lambda frame: frame["type"] == "looking" and len(frame["agents"]) == 1)
            say(other, type="watch", conversations=[id])
            until(ada, lambda frame: frame["type"] == "looking" and len(frame["agents"]) == 2)
        until(ada, lambda frame: frame["type"] == "looking" and len(frame["agents"]) == 1)


def test_a_desk_that_looks_from_its_hello_on_is_counted_too(running: Running) -> None:
    admin = running.set_up()
    id = _write(running, new_visitor(running, admin))
    with desk_socket(running, admin) as socket:
        say(socket, type="hello", after=None, watch=[id])
        assert _names(socket) == ["Ada"]


def test_who_may_not_see_a_conversation_neither_looks_nor_types(running: Running) -> None:
    admin = running.set_up()
    stranger = _agent(running, admin, "Mallory", team_ids=[])
    token = new_visitor(running, admin)
    id = _write(running, token)
    admin.post(f"/api/conversations/{id}/take").raise_for_status()
    with open_desk(running, admin) as (ada, _), open_desk(running, stranger) as (mallory, _):
        with open_chat(running, token) as (visitor, _):
            say(ada, type="watch", conversations=[id])
            assert _names(ada) == ["Ada"]
            say(mallory, type="watch", conversations=[id])
            for visibility in ("public", "internal"):
                say(mallory, type="typing", conversation_id=id, visibility=visibility)
            assert _kinds_until_pong(mallory) & {"looking", "typing"} == set()
            assert _kinds_until_pong(ada) & {"looking", "typing"} == set()
            assert "typing" not in _kinds_until_pong(visitor)


def test_who_may_read_no_conversations_watches_none(running: Running) -> None:
    admin = running.set_up()
    role = admin.post("/api/roles", json={"name": "Clerk", "permissions": ["people.read"]}).json()["id"]
    team = admin.get("/api/teams").json()[0]["id"]
    clerk = _agent(running, admin, "Clara", role=role, team_ids=[team])
    id = _write(running, new_visitor(running, admin))
    with open_desk(running, clerk) as (socket, _):
        say(socket, type="watch", conversations=[id])
        assert "looking" not in _kinds_until_pong(socket)


def test_typing_is_told_to_those_who_look_and_to_the_contact_only_if_it_is_for_them(running: Running) -> None:
    admin = running.set_up()
    team = admin.get("/api/teams").json()[0]["id"]
    grace = _agent(running, admin, "Grace", team_ids=[team])
    token = new_visitor(running, admin)
    id = _write(running, token)
    admin.post(f"/api/conversations/{id}/take").raise_for_status()
    with open_desk(running, admin) as (ada, _), open_desk(running, grace) as (other, _):
        with open_chat(running, token) as (visitor, _):
            say(other, type="watch", conversations=[id])
            assert _names(other) == ["Grace"]
            say(ada, type="typing", conversation_id=id, visibility="internal")
            told = until(other, of_type("typing"))
            assert (told["conversation_id"], told["by"]["kind"], told["by"]["name"]) == (id, "agent", "Ada")
            say(other, type="typing", conversation_id=id, visibility="public")  # may not answer, so it is not for them
            assert until(other, of_type("typing"))["by"]["name"] == "Grace"
            assert "typing" not in _kinds_until_pong(visitor)
            say(ada, type="typing", conversation_id=id, visibility="public")
            assert until(visitor, of_type("typing")) == {"type": "typing", "by": "agent", "name": "Ada"}
            assert until(other, of_type("typing"))["by"]["name"] == "Ada"


def test_a_visitor_who_types_is_seen_by_who_looks(running: Running) -> None:
    admin = running.set_up()
    token = new_visitor(running, admin)
    with open_desk(running, admin) as (ada, _), open_chat(running, token) as (visitor, _):
        say(visitor, type="typing")  # no conversation yet, so nobody to tell
        id = _write(running, token)
        say(ada, type="watch", conversations=[id])
        assert _names(ada) == ["Ada"]
        say(visitor, type="typing")
        told = until(ada, of_type("typing"))
        assert (told["conversation_id"], told["by"]["kind"], told["by"]["name"]) == (id, "contact", "Amara")
        authors = [said["author"] for said in admin.get(f"/api/conversations/{id}/messages").json()["items"]]
        assert told["by"]["id"] in {author["id"] for author in authors if author["kind"] == "contact"}


def test_who_types_too_often_is_not_passed_on(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keystrokes, "AT_MOST_EVERY", 3600.0)
    admin = running.set_up()
    id = _write(running, new_visitor(running, admin))
    with open_desk(running, admin) as (ada, _):
        say(ada, type="watch", conversations=[id])
        for _ in range(3):
            say(ada, type="typing", conversation_id=id, visibility="public")
        until(ada, of_type("typing"))
        assert "typing" not in _kinds_until_pong(ada)


@pytest.mark.parametrize("frame", [{}, {"conversation_id": 5, "visibility": "public"}, {"conversation_id": "x"}])
def test_a_frame_that_is_not_right_closes_the_line(running: Running, frame: dict[str, object]) -> None:
    with open_desk(running, running.set_up()) as (ada, _):
        say(ada, type="typing", **frame)
        assert code_of(ada) == 4400
