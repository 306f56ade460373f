"""Rule 6: the contact chooses a team, and is served only inside the chosen one."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from helpline.channels.contract import Kind
from helpline.contacts import ContactPoint
from helpline.conversations import CloseReason, Conversation, State, deciding, offering, queries, serving
from helpline.conversations.card import choices
from helpline.conversations.deciding import NotAskedToChoose, TeamGone
from helpline.conversations.models import Message
from helpline.core import Actor, Tx
from helpline.core.facts import FactRow
from helpline.people import Availability, Team, actions
from helpline.session_settings.allocation import NoTeamToChoose
from helpline.session_settings.references import UnknownSetting
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import ChoiceIn
from tests.clock import Clock
from tests.make import World
from tests.routing.deciding import decide, served_by, waits
from tests.session_settings.deciding import told


@pytest.fixture
def asking(world: World) -> World:
    """A workspace with two teams, whose contacts choose one."""
    add_team(world, "Sales")
    decide(world, allocation={"policy": "contact_chooses_team"})
    return world


def add_team(world: World, name: str) -> str:
    return world.do(None, lambda tx: actions.add_team(tx, name=name).id)


def team(world: World, name: str) -> str:
    return next(one.id for one in world.all(Team) if one.name == name)


def switch(world: World, name: str, active: bool) -> None:
    world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, team(world, name)), active=active).id)


def ask(world: World, visitor: Actor | None = None, text: str = "Hello") -> str:
    return str(world.write(visitor or world.visitor(), text).conversation_id)


def choose(world: World, id: str, team_id: str) -> None:
    world.do(None, deciding.choose, id, team_id)


def card(world: World, id: str) -> list[str]:
    return world.see(lambda tx: [one.name for one in choices(tx, tx.get(Conversation, id))])


def decided(world: World, id: str) -> list[dict[str, Any]]:
    return [row.event for row in world.all(Message) if row.conversation_id == id and _is(row, "decided")]


def _is(row: Message, name: str) -> bool:
    return bool(row.event) and row.event["name"] == name


def test_who_is_still_asked_stands_in_a_list_of_their_own_for_those_who_see_all(asking: World) -> None:
    undecided = partial(_listed, asking, "undecided")
    supervisor, outsider = asking.agent(role="supervisor", ready=False), asking.agent(teams=[])
    first, second = ask(asking), ask(asking)
    assert undecided(supervisor) == [second, first]
    assert undecided(outsider) == []
    choose(asking, first, team(asking, "Sales"))
    assert undecided(supervisor) == [second]
    assert _listed(asking, "queue", supervisor) == [first]


def _listed(world: World, view: str, actor: Actor) -> list[str]:
    return world.do(actor, lambda tx: [row.id for row in queries.in_view(tx, view, limit=10)[0]])


def test_rule_6_it_cannot_be_switched_on_without_an_active_team(world: World) -> None:
    default = next(one.name for one in world.all(Team))
    other = add_team(world, "Sales")
    switch(world, "Sales", False)
    with pytest.raises(NoTeamToChoose) as refused:
        decide(world, allocation={"policy": "contact_chooses_team", "card": [other]})
    assert refused.value.field == "allocation.card"
    decide(world, allocation={"policy": "contact_chooses_team", "card": [other, team(world, default)]})


def test_rule_6_who_has_not_chosen_is_served_by_nobody(asking: World) -> None:
    agent = asking.agent(teams=[asking.team, team(asking, "Sales")])
    id = ask(asking)
    assert (asking.conversation(id).state, served_by(asking, id)) == (State.BOT, None)
    asking.become(agent, Availability.BREAK)
    asking.become(agent, Availability.READY)
    assert served_by(asking, id) is None


def test_rule_6_who_chose_is_served_only_inside_the_chosen_team(asking: World) -> None:
    asking.agent()
    id = ask(asking)
    choose(asking, id, team(asking, "Sales"))
    assert waits(asking, id)
    assert asking.conversation(id).team_id == team(asking, "Sales")
    seller = asking.agent(teams=[team(asking, "Sales")])
    assert served_by(asking, id) == seller.id


def test_rule_6_the_last_agent_comes_first_only_if_they_are_of_the_chosen_team(asking: World) -> None:
    sales = team(asking, "Sales")
    visitor, last = asking.visitor(), asking.agent()
    id = ask(asking, visitor)
    choose(asking, id, asking.team)
    asking.close(last, id)
    seller = asking.agent(teams=[sales])
    id = ask(asking, visitor)
    choose(asking, id, sales)
    assert served_by(asking, id) == seller.id
    asking.close(seller, id)
    asking.agent()
    id = ask(asking, visitor)
    choose(asking, id, sales)
    assert served_by(asking, id) == seller.id


def test_rule_6_a_lost_agent_s_conversation_stays_in_the_chosen_team(asking: World, clock: Clock) -> None:
    sales = team(asking, "Sales")
    seller = asking.agent(teams=[sales])
    id = ask(asking)
    choose(asking, id, sales)
    asking.agent()
    asking.lose(seller)
    for _ in range(2):  # offline first, and then the conversations go back
        asking.wait(clock, 600)
    assert (waits(asking, id), asking.conversation(id).team_id) == (True, sales)


def test_rule_6_in_manual_mode_the_chosen_team_is_offered_it(asking: World, clock: Clock) -> None:
    decide(asking, service_mode={"mode": "manual"})
    sales = team(asking, "Sales")
    asking.agent()
    seller = asking.agent(teams=[sales])
    id = ask(asking)
    choose(asking, id, sales)
    asking.wait(clock, 30)
    assert asking.conversation(id).agent_id == seller.id
    asking.do(seller, lambda tx: offering.connect(tx, id).state)
    assert served_by(asking, id) == seller.id


def test_rule_6_who_chose_a_team_is_not_sent_on_to_another_one_but_leaves_a_message(
    asking: World, clock: Clock
) -> None:
    sales, repairs = team(asking, "Sales"), add_team(asking, "Repairs")
    decide(asking, queue={"max_length": 1, "when_full": "overflow", "full_team": repairs})
    ids = [ask(asking) for _ in range(2)]
    for id in ids:
        choose(asking, id, sales)
    assert {asking.conversation(id).team_id for id in ids} == {sales}
    assert [asking.conversation(id).message_left_at is None for id in ids] == [True, False]


def test_who_did_not_choose_may_be_sent_on(asking: World, clock: Clock) -> None:
    repairs = add_team(asking, "Repairs")
    decide(asking, queue={"max_length": 1, "when_full": "overflow", "full_team": repairs})
    ids = [ask(asking) for _ in range(2)]
    asking.wait(clock, 120)
    assert {asking.conversation(id).team_id for id in ids} == {asking.team, repairs}


def test_what_was_written_before_choosing_is_kept_and_the_card_comes_after_it(asking: World) -> None:
    visitor = asking.visitor()
    id = ask(asking, visitor, "I need help")
    asking.write(visitor, "are you there?")
    choose(asking, id, asking.team)
    said = [text for text in told(asking, id) if text]
    assert said[:2] == ["I need help", "Whom would you like to talk to?"]
    assert "are you there?" in said


def test_the_card_has_the_chosen_teams_in_their_order_or_all_that_are_active(asking: World) -> None:
    assert card(asking, ask(asking)) == sorted(one.name for one in asking.all(Team))
    default = next(one.name for one in asking.all(Team) if one.id == asking.team)
    wanted = [team(asking, "Sales"), asking.team]
    decide(asking, allocation={"card": wanted})
    id = ask(asking)
    assert card(asking, id) == ["Sales", default]
    add_team(asking, "Repairs")
    switch(asking, "Sales", False)
    assert card(asking, id) == [default]


def test_what_is_chosen_first_holds_and_a_second_choice_changes_nothing(asking: World) -> None:
    id, sales = ask(asking), team(asking, "Sales")
    choose(asking, id, sales)
    choose(asking, id, asking.team)
    choose(asking, id, sales)
    assert asking.conversation(id).team_id == sales
    assert [(one["by"], one["team_name"]) for one in decided(asking, id)] == [("contact", "Sales")]


def test_a_team_that_was_switched_off_meanwhile_is_refused_and_another_one_can_be_chosen(asking: World) -> None:
    id, sales = ask(asking), team(asking, "Sales")
    switch(asking, "Sales", False)
    with pytest.raises(TeamGone) as refused:
        choose(asking, id, sales)
    assert (refused.value.field, asking.conversation(id).state) == ("team_id", State.BOT)
    choose(asking, id, asking.team)
    assert asking.conversation(id).team_id == asking.team


def test_when_no_team_of_the_card_is_left_the_conversation_is_not_held_up(asking: World, clock: Clock) -> None:
    decide(asking, allocation={"card": [team(asking, "Sales")], "choose_within": 0})
    id = ask(asking)
    switch(asking, "Sales", False)
    asking.wait(clock, 0)
    assert (waits(asking, id), asking.conversation(id).team_id) == (True, asking.team)


def test_a_team_that_is_not_on_the_card_cannot_be_chosen(asking: World) -> None:
    decide(asking, allocation={"card": [asking.team]})
    id = ask(asking)
    for wanted in (team(asking, "Sales"), "nobody"):
        with pytest.raises(NotAskedToChoose):
            choose(asking, id, wanted)
    decide(asking, allocation={"policy": "automatic"})
    with pytest.raises(NotAskedToChoose):
        choose(asking, ask(asking), asking.team)


def test_another_visitor_s_conversation_is_not_decided(asking: World) -> None:
    id = ask(asking)
    said = ChoiceIn(conversation_id=id, team_id=asking.team)
    with pytest.raises(NotAskedToChoose):
        asking.do(asking.visitor(), webchat.choose, said)


@pytest.mark.parametrize(("fallback", "to"), [("", "default"), ("Sales", "Sales")])
def test_who_never_chooses_goes_to_the_fallback_team_in_the_end(
    asking: World, clock: Clock, fallback: str, to: str
) -> None:
    fallback_id = team(asking, fallback) if fallback else ""
    decide(asking, allocation={"choose_within": 60, "fallback_team_id": fallback_id})
    id = ask(asking)
    asking.wait(clock, 59)
    assert asking.conversation(id).state == State.BOT
    asking.wait(clock, 1)
    assert (waits(asking, id), asking.conversation(id).team_id) == (True, fallback_id or asking.team)
    assert [(one["by"], one["why"]) for one in decided(asking, id)] == [("fallback", "not_chosen")]
    choose(asking, id, team(asking, "Sales"))
    assert asking.conversation(id).team_id == (fallback_id or asking.team)


def test_with_no_limit_a_contact_who_does_not_choose_is_waited_for(asking: World, clock: Clock) -> None:
    decide(asking, allocation={"choose_within": 0})
    id = ask(asking)
    asking.wait(clock, 86_400)
    assert asking.conversation(id).state == State.BOT


def test_a_fallback_team_that_was_switched_off_leaves_it_with_the_category_s(asking: World, clock: Clock) -> None:
    decide(asking, allocation={"choose_within": 60, "fallback_team_id": team(asking, "Sales")})
    id = ask(asking)
    switch(asking, "Sales", False)
    asking.wait(clock, 60)
    assert asking.conversation(id).team_id == asking.team


@pytest.mark.parametrize("said", ["2", " 2. ", "2）", "２", "sales", "Sales。"])
def test_a_number_or_a_name_that_is_written_is_a_choice(asking: World, clock: Clock, said: str) -> None:
    decide(asking, allocation={"card": [asking.team, team(asking, "Sales")]})
    visitor = asking.visitor()
    id = ask(asking, visitor)
    asking.write(visitor, said)
    asking.wait(clock, 0)
    assert asking.conversation(id).team_id == team(asking, "Sales")


@pytest.mark.parametrize("said", ["0", "3", "99999999999999999999", "-1", "2 please", "", "²", "sale"])
def test_anything_else_that_is_written_is_none(asking: World, clock: Clock, said: str) -> None:
    visitor = asking.visitor()
    id = ask(asking, visitor)
    asking.write(visitor, said or "x" * 500)
    asking.wait(clock, 0)
    assert asking.conversation(id).state == State.BOT


def test_a_first_message_that_is_a_number_is_none_yet(asking: World, clock: Clock) -> None:
    id = ask(asking, text="1")
    asking.wait(clock, 0)
    assert asking.conversation(id).state == State.BOT


def test_a_choice_that_is_delivered_again_changes_nothing(asking: World, clock: Clock) -> None:
    visitor = asking.visitor()
    id = ask(asking, visitor)
    for _ in range(2):
        asking.write(visitor, "2", id="the-same-message")
        asking.wait(clock, 0)
    assert len(decided(asking, id)) == 1


def test_where_no_card_is_drawn_the_teams_are_numbered_in_the_text(
    asking: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpline.channels.kinds.KINDS", {"webchat": Kind()})
    default = next(one.name for one in asking.all(Team) if one.id == asking.team)
    decide(asking, allocation={"card": [team(asking, "Sales"), asking.team]})
    assert f"Whom would you like to talk to?\n1. Sales\n2. {default}" in told(asking, ask(asking))
    decide(asking, prompts={"choose_team": {"on": False}})
    assert f"1. Sales\n2. {default}" in told(asking, ask(asking))


def taken(world: World, agent: Actor, id: str) -> None:
    world.do(agent, lambda tx: serving.take(tx, id).state)


def handed(world: World, agent: Actor, id: str) -> None:
    world.do(agent, lambda tx: serving.transfer(tx, id, agent_id=agent.id, team_id=None).state)


@pytest.mark.parametrize("get", [taken, handed])
def test_an_agent_may_serve_who_has_not_chosen_yet(
    asking: World, clock: Clock, get: Callable[[World, Actor, str], None]
) -> None:
    agent, id = asking.agent(), ask(asking)
    get(asking, agent, id)
    assert (asking.conversation(id).state, served_by(asking, id)) == (State.ACTIVE, agent.id)
    asking.wait(clock, 600)
    choose(asking, id, team(asking, "Sales"))
    assert (asking.conversation(id).state, asking.conversation(id).team_id) == (State.ACTIVE, asking.team)
    assert [one["by"] for one in decided(asking, id)] == ["agent"]


def test_who_leaves_without_choosing_is_asked_no_more(asking: World, clock: Clock) -> None:
    id = ask(asking)
    asking.do(None, lambda tx: serving.close(tx, id, CloseReason.CONTACT_CLOSED).state)
    asking.wait(clock, 600)
    choose(asking, id, asking.team)
    assert (asking.conversation(id).state, card(asking, id)) == (State.CLOSED, [])


def test_connecting_is_said_when_it_is_known_who_is_looked_for(asking: World) -> None:
    asking.agent()
    id = ask(asking)
    waiting = "One moment, we are finding the right person for you."
    assert waiting not in told(asking, id)
    choose(asking, id, asking.team)
    assert told(asking, id).count(waiting) <= 1


def test_the_facts_tell_that_it_was_asked_and_what_was_said(asking: World) -> None:
    id = ask(asking)
    choose(asking, id, asking.team)
    topics = [row.topic for row in asking.all(FactRow) if row.subject_id == id]
    at = [topics.index(f"conversation.{what}") for what in ("opened", "undecided", "decided", "queued")]
    assert at == sorted(at)


def test_teams_are_chosen_in_one_category_and_automatic_in_another(world: World) -> None:
    agent = world.agent()
    category = world.see(lambda tx: tx.get(Conversation, ask_first).category_id) if (ask_first := ask(world)) else ""
    decide(world, category, allocation={"policy": "contact_chooses_team"})
    assert world.conversation(ask(world)).state == State.BOT
    assert served_by(world, ask_first) == agent.id


def test_teams_are_called_in_the_contacts_language_and_else_by_their_own_name(asking: World) -> None:
    sales = team(asking, "Sales")
    decide(asking, allocation={"team_names": {sales: {"zh-TW": "業務部", "de": "Verkauf"}}})
    german, english = asking.visitor(), asking.visitor()
    asking.do(None, lambda tx: _speaks(tx, german, "de-AT"))
    asking.do(None, lambda tx: _speaks(tx, english, "en"))
    assert card(asking, ask(asking, german)) == ["Verkauf", "Support"]
    assert card(asking, ask(asking, english)) == ["Sales", "Support"]


def test_a_team_is_meant_by_its_name_in_any_language(asking: World, clock: Clock) -> None:
    decide(asking, allocation={"team_names": {team(asking, "Sales"): {"zh-TW": "業務部"}}})
    visitor = asking.visitor()
    id = ask(asking, visitor)
    asking.write(visitor, "業務部。")
    asking.wait(clock, 1)
    assert asking.conversation(id).team_id == team(asking, "Sales")


def test_only_teams_that_are_there_are_named(asking: World) -> None:
    with pytest.raises(UnknownSetting) as refused:
        decide(asking, allocation={"team_names": {"nobody": {"en": "X"}}})
    assert refused.value.field == "allocation.team_names"


def _speaks(tx: Tx, visitor: Actor, locale: str) -> str:
    tx.get(ContactPoint, visitor.id).locale = locale
    return locale
