"""The audit log: every change of how things are set up, by whom, from what to what."""

from datetime import timedelta

import pytest

from helpline.channels import Channel
from helpline.channels import actions as channels
from helpline.core import Actor, Tx
from helpline.core.paging import BadCursor
from helpline.people import Agent, Team, access, actions, audit
from helpline.people.audit import AuditOut, AuditPage
from helpline.people.permissions import ROLES
from tests.clock import Clock
from tests.make import World


def _log(world: World, limit: int = 200, after: str | None = None, **filters: object) -> AuditPage:
    return world.see(audit.page, limit=limit, after=after, **filters)


def _newest(world: World) -> AuditOut:
    return _log(world, limit=1).items[0]


def _ada(world: World) -> Actor:
    return Actor("agent", world.workspace_id, world.admin, "Ada", ROLES["administrator"])


def test_a_change_says_who_made_it_and_from_what_to_what(world: World, clock: Clock) -> None:
    grace = world.agent("Grace", ready=False)
    world.do(_ada(world), lambda tx: actions.change_agent(tx, tx.get(Agent, grace.id), role="supervisor", limit=3).id)
    noted = _newest(world)
    assert (noted.topic, noted.actor_id, noted.actor_name) == ("agent.changed", world.admin, "Ada")
    assert timedelta() <= clock() - noted.at < timedelta(seconds=1)
    assert (noted.subject_id, noted.subject_name) == (grace.id, "Grace")
    assert noted.changes == {"role": ["agent", "supervisor"], "limit": [None, 3]}


def test_members_and_settings_are_told_from_and_to(world: World) -> None:
    grace = world.agent("Grace", ready=False, teams=[])
    world.do(_ada(world), lambda tx: actions.change_team(tx, tx.get(Team, world.team), member_ids=[grace.id]).id)
    told = next(one for one in _log(world).items if one.topic == "team.changed")
    assert told.changes["member_ids"][1] == [grace.id]
    world.do(_ada(world), lambda tx: channels.change(tx, tx.get(Channel, world.channel), greeting="Hi").id)
    noted = _newest(world)
    assert (noted.topic, noted.changes["greeting"][1]) == ("channel.set", "Hi")
    assert noted.subject_name == world.see(lambda tx: tx.get(Channel, world.channel).name)


def test_no_password_and_no_token_is_in_the_log(world: World) -> None:
    def secrets(tx: Tx) -> str:
        access.change_password(tx, tx.get(Agent, world.admin), "a-hash-that-nobody-sees")
        access.reset_password(tx, tx.get(Agent, world.admin), "another-hash-that-nobody-sees", due=True)
        return access.create_token(tx, world.admin, "script")[1]

    token = world.do(_ada(world), secrets)
    log = str(_log(world))
    assert "token.created" in log
    assert "that-nobody-sees" not in log
    assert token not in log


def test_what_customers_and_agents_do_all_day_is_not_in_it(world: World) -> None:
    agent = world.agent()
    before = len(_log(world).items)
    conversation = world.write(world.visitor()).conversation_id
    world.answer(agent, conversation)
    world.close(agent, conversation)
    assert len(_log(world).items) == before


def test_it_is_filtered_by_actor_topic_and_time(world: World, clock: Clock) -> None:
    began = clock()
    clock.advance(60)
    world.do(_ada(world), lambda tx: channels.add_owner(tx, name="Brand").id)
    clock.advance(60)
    between = clock()
    world.do(_ada(world), lambda tx: actions.add_team(tx, name="Returns").id)
    topics = lambda **filters: [one.topic for one in _log(world, **filters).items]  # noqa: E731 - said five times
    assert topics(actor_ids=[world.admin]) == ["team.added", "owner.set"]
    assert topics(actor_ids=["nobody"]) == []
    assert topics(topics=["owner.set", "team.added"])[:2] == ["team.added", "owner.set"]
    assert topics(since=between) == ["team.added"]
    assert topics(since=began + timedelta(seconds=1), until=between) == ["owner.set"]


def test_pages_follow_each_other_without_gap_or_repetition(world: World) -> None:
    for number in range(7):
        world.do(_ada(world), lambda tx, number=number: channels.add_owner(tx, name=f"Brand {number}").id)
    whole = [one.seq for one in _log(world).items]
    found, after = list[int](), None
    while True:
        page = _log(world, limit=3, after=after)
        found += [one.seq for one in page.items]
        after = page.next
        if after is None:
            break
    assert found == whole == sorted(whole, reverse=True)
    with pytest.raises(BadCursor):
        _log(world, after="nonsense")
