"""Teams that conversations come to, and what brings them there."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from helpline.app.settings import Settings
from helpline.channels import Category, Channel
from helpline.channels import actions as channels
from helpline.channels.actions import CategoryInUse, CategoryIsOff, TeamIsOff
from helpline.channels.reactions import TeamInUse
from helpline.conversations import serving
from helpline.conversations.reactions import TeamHasConversations
from helpline.core import Tx, new_id
from helpline.people import Team, actions
from helpline.webchat import actions as webchat
from helpline.webchat.actions import NoSuchChannel
from helpline.webchat.shapes import VisitorMessageIn
from tests.make import World, until_they_wait


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


def test_a_channel_under_a_category_that_is_off_takes_nothing(world: World) -> None:
    with pytest.raises(CategoryInUse):
        _set(world, Category, world.all(Category)[0].id, active=False)
    world.do(None, lambda tx: tx.execute(update(Category).values(active=False)).rowcount)  # as it could be once
    with pytest.raises(NoSuchChannel):
        world.see(webchat.open_channel, channel_id=world.channel)


def test_a_first_message_goes_where_its_category_leads_by_now(world: World) -> None:
    visitor, category, other = world.visitor(), world.all(Category)[0].id, _other_team(world)
    remembered = world.see(webchat.open_channel, channel_id=world.channel)
    _set(world, Category, category, team_id=other)
    world.do(None, _switch_off, world.team)
    message = world.do(visitor, webchat.write, remembered, VisitorMessageIn(id=new_id(), text="Hello"))
    assert world.conversation(message.conversation_id).team_id == other


def test_a_first_message_that_meets_the_switching_off_of_its_team_goes_to_the_other(
    world: World, settings: Settings
) -> None:
    if settings.is_embedded:
        pytest.skip("SQLite has one writer; nobody meets")
    visitor, category, other = world.visitor(), world.all(Category)[0].id, _other_team(world)
    held, may_commit = threading.Event(), threading.Event()

    def lead_elsewhere(tx: Tx) -> None:
        channels.change(tx, tx.get(Category, category), team_id=other)
        tx.settle()
        _switch_off(tx, world.team)
        tx.settle()
        held.set()
        may_commit.wait(60)

    with ThreadPoolExecutor(2) as pool:
        changing = pool.submit(world.do, None, lead_elsewhere)
        held.wait(60)
        writing = pool.submit(world.write, visitor)
        until_they_wait(settings, 1)  # it has read where the category led, and wants to hold that team
        may_commit.set()
        changing.result(60)
        message = writing.result(60)
    assert world.conversation(message.conversation_id).team_id == other


def test_a_team_that_meets_a_first_message_stays_on(world: World, settings: Settings) -> None:
    if settings.is_embedded:
        pytest.skip("SQLite has one writer; nobody meets")
    visitor, category, other = world.visitor(), world.all(Category)[0].id, _other_team(world)
    chat = world.see(webchat.open_channel, channel_id=world.channel)
    written, may_commit = threading.Event(), threading.Event()

    def write(tx: Tx) -> str:
        id = webchat.write(tx, chat, VisitorMessageIn(id=new_id(), text="Hello")).conversation_id
        tx.settle()
        written.set()
        may_commit.wait(60)
        return id

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(world.do, visitor, write)
        written.wait(60)
        _set(world, Category, category, team_id=other)
        switching = pool.submit(world.do, None, _switch_off, world.team)
        until_they_wait(settings, 1)
        may_commit.set()
        writing.result(60)
        assert isinstance(switching.exception(20), TeamHasConversations)
