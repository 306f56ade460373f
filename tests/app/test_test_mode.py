"""The clock that can be moved, in test mode only."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest

from helpline.app.settings import Settings
from helpline.app.test_mode import NotInTestMode, OnlyForward
from helpline.core import new_id
from tests.listening import open_desk, until, upserted
from tests.running import PASSWORD, Running


@pytest.fixture
def moved(settings: Settings) -> Iterator[Running]:
    """A server in test mode."""
    with Running(msgspec.structs.replace(settings, test_mode=True)) as server:
        yield server


def _advance(client: httpx.Client, seconds: float) -> int:
    answer = client.put("/api/test/clock", json={"advance_seconds": seconds})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["fired"])


def test_without_test_mode_the_clock_is_nobodys_to_move(running: Running) -> None:
    admin = running.set_up()
    for answer in (admin.put("/api/test/clock", json={"advance_seconds": 5}), admin.get("/api/test/clock")):
        assert (answer.status_code, answer.json()["code"]) == (409, NotInTestMode.code())


def test_the_clock_goes_where_it_is_told_and_never_back(moved: Running) -> None:
    admin = moved.set_up()
    later = datetime.now(UTC) + timedelta(days=40)
    answer = admin.put("/api/test/clock", json={"at": later.isoformat()}).json()
    assert datetime.fromisoformat(answer["at"]) >= later
    assert datetime.fromisoformat(admin.get("/api/test/clock").json()["at"]) >= later
    for wrong in ({"at": datetime.now(UTC).isoformat()}, {}, {"at": later.isoformat(), "advance_seconds": 9}):
        refused = admin.put("/api/test/clock", json=wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, OnlyForward.code())


def test_a_lost_agent_is_offline_and_their_conversation_goes_back_as_the_clock_is_moved(moved: Running) -> None:
    admin, bo, talk = _lost_agent(moved)
    _advance(admin, 15)
    assert _state(admin, bo) == "ready"
    assert _advance(admin, 20) >= 1
    assert _state(admin, bo) == "offline"
    assert admin.get(f"/api/conversations/{talk}").json()["state"] == "active"
    assert _advance(admin, 60) >= 1
    assert admin.get(f"/api/conversations/{talk}").json()["state"] == "waiting"


def test_timers_on_the_way_fire_each_at_its_time(moved: Running) -> None:
    admin, _, talk = _lost_agent(moved)
    assert _advance(admin, 86_400) >= 2
    told = {fact["topic"]: fact["at"] for fact in admin.get(f"/api/conversations/{talk}/facts").json()}
    began, returned = (datetime.fromisoformat(told[f"conversation.{name}"]) for name in ("opened", "returned"))
    assert returned - began < timedelta(minutes=10)


def _lost_agent(moved: Running) -> tuple[httpx.Client, str, str]:
    """An administrator, an agent whose desk has just gone away, and the conversation that they serve."""
    admin = moved.set_up()
    team = admin.get("/api/teams").json()[0]["id"]
    given = {"name": "Bo", "email": "bo@example.com", "password": PASSWORD, "team_ids": [team]}
    bo = str(admin.post("/api/agents", json=given).json()["id"])
    agent = moved.client()
    signed_in = agent.post("/api/session", json={"email": "bo@example.com", "password": PASSWORD})
    agent.headers["x-csrf-token"] = signed_in.json()["csrf"]
    key = admin.get("/api/channels").json()[0]["public_key"]
    visitor = moved.client(moved.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    with open_desk(moved, admin) as (supervisor, _):
        with open_desk(moved, agent):
            assert agent.put("/api/me/availability", json={"state": "ready"}).status_code == 200
            said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"}).json()
            talk = str(said["conversation_id"])
            assert admin.get(f"/api/conversations/{talk}").json()["agent_id"] == bo
        until(supervisor, lambda frame: [row for row in upserted("agent")(frame) or [] if _is_gone(row, bo)])
    return admin, bo, talk


def _is_gone(row: dict[str, Any], id: str) -> bool:
    return bool(row["id"] == id and not row["connected"])


def _state(client: httpx.Client, id: str) -> str:
    return str(next(row for row in client.get("/api/agents").json() if row["id"] == id)["availability"]["state"])
