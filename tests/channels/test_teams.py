"""Teams that conversations come to, and what brings them there."""

import pytest

from helpline.channels import Category, Channel
from helpline.channels import actions as channels
from helpline.channels.actions import CategoryInUse, CategoryIsOff, TeamIsOff
from helpline.channels.reactions import TeamInUse
from helpline.conversations import serving
from helpline.conversations.reactions import TeamHasConversations
from helpline.core import Tx
from helpline.people import Team, actions
from tests.make import World


def _switch_off(tx: Tx, team_id: str) -> bool:
    return actions.change_team(tx, tx.get(Team, team_id), active=False).active


def _other_team(world: World) -> str:
    return world.do(None, lambda tx: actions.add_team(tx, name="Night").id)


def _set(world: World, model: type[Category] | type[Channel], id: str, **values: object) -> None:
    world.do(None, lambda tx: channels.change(tx, tx.get(model, id), **values).id)


def test_a_team_that_conversations_come_to_is_not_switched_off(world: World) -> None:
    with pytest.raises(TeamInUse, match="General"):
        world.do(None, _switch_off, world.team)
    assert [team.active for team in world.all(Team)] == [True]


def test_any_other_team_can_be_switched_off(world: World) -> None:
    assert world.do(None, _switch_off, _other_team(world)) is False


def test_a_team_is_not_switched_off_while_it_has_an_open_conversation(world: World) -> None:
    agent, other = world.agent(ready=False), _other_team(world)
    id = world.write(world.visitor()).conversation_id
    world.do(agent, lambda tx: serving.transfer(tx, id, agent_id=None, team_id=other).state)
    with pytest.raises(TeamHasConversations) as refused:
        world.do(None, _switch_off, other)
    assert refused.value.field == "active"
    world.close(agent, id)
    assert world.do(None, _switch_off, other) is False


def test_a_category_is_not_switched_off_under_a_channel_that_is_on(world: World) -> None:
    category = world.all(Category)[0].id
    with pytest.raises(CategoryInUse, match="Web chat"):
        _set(world, Category, category, active=False)
    _set(world, Channel, world.channel, active=False)
    _set(world, Category, category, active=False)
    assert world.do(None, _switch_off, world.team) is False


def test_nothing_is_switched_on_that_leads_to_what_is_off(world: World) -> None:
    category, other = world.all(Category)[0].id, _other_team(world)
    world.do(None, _switch_off, other)
    with pytest.raises(TeamIsOff):
        _set(world, Category, category, team_id=other)
    _set(world, Channel, world.channel, active=False)
    _set(world, Category, category, active=False)
    with pytest.raises(CategoryIsOff):
        _set(world, Channel, world.channel, active=True)
    world.do(None, _switch_off, world.team)
    with pytest.raises(TeamIsOff):
        _set(world, Category, category, active=True)
