"""A node that dies leaves nothing behind for long; one that was only taken for dead has its desks come back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import psycopg
import pytest

from bench.redis_server import RedisServer
from bench.victims import Victim
from helpline.app import looking, nodes
from helpline.app.settings import Settings
from tests.listening import Frame, code_of, eventually, new_visitor, of_type, open_chat, open_desk, say, until, upserted
from tests.ports import free_port
from tests.running import PASSWORD, Running


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The nodes of this process are quick to find out; those of others beat every five seconds as ever."""
    monkeypatch.setattr(nodes, "BEAT", 0.2)
    monkeypatch.setattr(nodes, "DEAD_AFTER", 8.0)
    monkeypatch.setattr(looking, "SAY_EVERY", 0.5)
    monkeypatch.setattr(looking, "LEASE", 6.0)


def test_the_desks_of_a_killed_node_are_lost_and_its_clients_go_on_elsewhere(
    shared: Settings, redis: RedisServer
) -> None:
    settings = msgspec.structs.replace(shared, redis=redis.url)
    with Running(settings) as survivor:
        admin = survivor.set_up()
        given = {"name": "Grace", "email": "grace@example.com", "password": PASSWORD, "role": "supervisor"}
        grace_id = admin.post("/api/agents", json=given).json()["id"]
        grace = survivor.client()
        grace.post("/api/session", json={"email": given["email"], "password": PASSWORD}).raise_for_status()
        token = new_visitor(survivor, admin)
        victim = Victim(msgspec.structs.replace(settings, port=free_port()))
        with open_desk(survivor, admin) as (ada, _):
            with open_desk(victim, grace) as (there, _), open_chat(victim, token) as (visitor, _):
                say(visitor, type="send", id="first-message", text="Hello")
                said = until(visitor, of_type("ack"))["message"]
                for desk in (ada, there):
                    say(desk, type="watch", conversations=[said["conversation_id"]])
                until(ada, lambda frame: frame["type"] == "looking" and len(frame["agents"]) == 2)
                assert _is_connected(admin, grace_id)
                victim.kill()
                with open_chat(survivor, token, after=said["seq"]) as (again, _):
                    say(again, type="send", id="second-message", text="Still there?")
                    until(again, of_type("ack"))
                    until(ada, lambda frame: _texts(frame) == ["Still there?"])
                    until(ada, lambda frame: frame["type"] == "looking" and len(frame["agents"]) == 1)
                    eventually(lambda: not _is_connected(admin, grace_id))


def _is_connected(admin: httpx.Client, agent_id: str) -> Any:
    return next(row["connected"] for row in admin.get("/api/agents").json() if row["id"] == agent_id)


def _texts(frame: Frame) -> list[str]:
    return [row["text"] for row in upserted("message")(frame) or [] if row["kind"] == "text"]


def test_a_node_that_was_taken_for_dead_has_its_desks_come_back(shared: Settings) -> None:
    with Running(shared) as node:
        admin = node.set_up()
        with open_desk(node, admin) as (desk, _), open_chat(node, new_visitor(node, admin)) as (visitor, _):
            with psycopg.connect(shared.database, autocommit=True) as connection:
                connection.execute("DELETE FROM node")
            assert code_of(desk) == 1012
            say(visitor, type="ping")
            assert until(visitor, of_type("pong"))
        with open_desk(node, admin, after=0) as (desk, _):
            assert admin.put("/api/me/availability", json={"state": "ready"}).status_code == 200


def test_a_node_whose_clock_is_wrong_takes_nobody_for_dead(shared: Settings) -> None:
    def an_hour_ahead() -> datetime:
        return datetime.now(UTC) + timedelta(hours=1)

    with Running(shared) as node, Running(shared, clock=an_hour_ahead) as fast:
        admin = node.set_up()
        with open_desk(node, admin) as (desk, _), open_desk(fast, admin) as (other, _):
            began = _beats(shared)
            eventually(
                lambda: all(
                    now > before + timedelta(seconds=1) for now, before in zip(_beats(shared), began, strict=True)
                )
            )
            for socket in (desk, other):
                say(socket, type="ping")
                assert until(socket, of_type("pong"))


def _beats(settings: Settings) -> list[datetime]:
    with psycopg.connect(settings.database, autocommit=True) as connection:
        rows = connection.execute("SELECT seen_at FROM node ORDER BY id").fetchall()
    assert len(rows) == 2
    return [seen_at for (seen_at,) in rows]
