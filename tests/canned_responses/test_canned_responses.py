"""Texts written once: who reads them, who writes them, and how often they are used."""

from typing import Any

import pytest

from helpline.canned_responses import actions, queries
from helpline.canned_responses.actions import NotYoursToShare, SharedWithNoTeam, ShortcutTaken, UnknownTeamToShareWith
from helpline.canned_responses.models import CannedResponse
from helpline.core import Actor, NotFound, new_id
from helpline.people import actions as people
from tests.listening import open_desk, until, upserted
from tests.make import World
from tests.running import Running


def _write(world: World, actor: Actor, shortcut: str, **more: Any) -> str:
    values = {"title": shortcut.title(), "text": f"About {shortcut}", **more}
    return world.do(actor, lambda tx: actions.add(tx, shortcut=shortcut, **values).id)


def _reads(world: World, actor: Actor) -> set[str]:
    return world.do(actor, lambda tx: {row.shortcut for row in queries.readable(tx) if row.shortcut.startswith("x-")})


def test_everybody_reads_what_is_shared_with_everybody_and_only_teams_what_is_theirs(world: World) -> None:
    lead, agent = world.agent(role="supervisor"), world.agent()
    elsewhere = world.do(None, lambda tx: people.add_team(tx, name="Elsewhere", member_ids=[]).id)
    _write(world, lead, "x-all", shared_with="everybody")
    _write(world, lead, "x-ours", shared_with="teams", team_ids=[world.team])
    _write(world, lead, "x-theirs", shared_with="teams", team_ids=[elsewhere])
    _write(world, lead, "x-leads")
    _write(world, agent, "x-mine")
    assert _reads(world, agent) == {"x-all", "x-ours", "x-mine"}
    assert _reads(world, lead) == {"x-all", "x-ours", "x-theirs", "x-leads"}
    assert _reads(world, world.agent(teams=[])) == {"x-all"}


def test_an_agent_writes_their_own_and_not_what_others_use(world: World) -> None:
    lead, agent = world.agent(role="supervisor"), world.agent()
    shared, mine = _write(world, lead, "x-all", shared_with="everybody"), _write(world, agent, "x-mine")
    world.do(agent, lambda tx: actions.change(tx, mine, text="Better").text)
    with pytest.raises(NotYoursToShare):
        world.do(agent, lambda tx: actions.change(tx, shared, text="Mine now").text)
    with pytest.raises(NotYoursToShare):
        world.do(agent, lambda tx: actions.change(tx, mine, shared_with="everybody").text)
    with pytest.raises(NotYoursToShare):
        _write(world, agent, "x-new", shared_with="everybody")
    with pytest.raises(NotFound):
        world.do(lead, lambda tx: actions.change(tx, mine, text="Read by the boss").text)
    assert {row.text for row in world.all(CannedResponse) if row.id in {shared, mine}} == {"About x-all", "Better"}


def test_a_shortcut_stands_for_one_text_among_the_same_people(world: World) -> None:
    lead, agent = world.agent(role="supervisor"), world.agent()
    first = _write(world, lead, "X-refund", shared_with="everybody")
    with pytest.raises(ShortcutTaken):
        _write(world, lead, "x-REFUND", shared_with="everybody")
    _write(world, lead, "x-refund", shared_with="everybody", language="zh-TW")
    _write(world, agent, "x-refund")
    _write(world, lead, "x-refund")
    with pytest.raises(ShortcutTaken):
        _write(world, agent, "x-refund")
    world.do(lead, lambda tx: actions.change(tx, first, active=False).id)
    _write(world, lead, "x-refund", shared_with="everybody")


def test_answers_to_choose_from_stand_below_it(running: Running) -> None:
    client = running.set_up()
    said = {"shortcut": "how", "title": "How", "text": "How?", "choices": ["By post", "在門市"]}
    made = client.post("/api/canned-responses", json=said)
    assert made.json()["choices"] == ["By post", "在門市"]
    path = f"/api/canned-responses/{made.json()['id']}"
    assert client.patch(path, json={"choices": ["In the shop"]}).json()["choices"] == ["In the shop"]
    for bad in (["  "], ["two\nlines"], ["x" * 61], ["a", "b\u2028c"], [str(one) for one in range(11)]):
        refused = client.patch(path, json={"choices": bad})
        assert refused.status_code == 400, bad
        assert refused.json()["field"].startswith("choices")


def test_two_teams_may_have_the_same_shortcut(world: World) -> None:
    lead = world.agent(role="supervisor")
    other = world.do(None, lambda tx: people.add_team(tx, name="Other", member_ids=[]).id)
    _write(world, lead, "x-hours", shared_with="teams", team_ids=[world.team])
    _write(world, lead, "x-hours", shared_with="teams", team_ids=[other])
    with pytest.raises(ShortcutTaken):
        _write(world, lead, "x-hours", shared_with="teams", team_ids=[other, world.team])


def test_it_is_shared_with_teams_that_exist(world: World) -> None:
    lead = world.agent(role="supervisor")
    with pytest.raises(SharedWithNoTeam):
        _write(world, lead, "x-a", shared_with="teams")
    with pytest.raises(UnknownTeamToShareWith):
        _write(world, lead, "x-a", shared_with="teams", team_ids=[new_id()])


def test_its_use_is_counted(world: World) -> None:
    lead, agent = world.agent(role="supervisor"), world.agent()
    id, private = _write(world, lead, "x-all", shared_with="everybody"), _write(world, lead, "x-own")
    world.do(agent, actions.use, id)
    world.do(lead, actions.use, id)
    with pytest.raises(NotFound):
        world.do(agent, actions.use, private)
    assert next(row.used for row in world.all(CannedResponse) if row.id == id) == 2


def test_desks_learn_that_something_changed_and_ask_for_what_they_may_read(running: Running) -> None:
    admin = running.set_up()
    with open_desk(running, admin) as (desk, _):
        given = {"shortcut": "Bye", "title": "Goodbye", "text": "Thank you, $ContactName", "shared_with": "everybody"}
        made = admin.post("/api/canned-responses", json=given)
        assert (made.status_code, made.json()["shortcut"], made.json()["used"]) == (201, "bye", 0)
        assert until(desk, upserted("canned_response")) == [{"id": made.json()["id"]}]
    assert made.json() in admin.get("/api/canned-responses").json()
    assert admin.post(f"/api/canned-responses/{made.json()['id']}/use").status_code == 204
    for wrong in ({"shortcut": "two words"}, {"shortcut": "/x"}, {"text": ""}, {"shared_with": "nobody"}):
        refused = admin.post("/api/canned-responses", json={**given, "shortcut": "other", **wrong})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, next(iter(wrong)))
