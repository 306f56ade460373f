"""What contacts thought of a service: who asks, when, once; for how long it is taken, and where it is seen."""

from typing import Any

import pytest

from helpline.conversations import rating
from helpline.conversations.answering import NotYours
from helpline.conversations.models import Conversation
from helpline.conversations.rating import (
    AlreadyInvited,
    AlreadyRated,
    InvitingIsOff,
    NotAskedToRate,
    NothingToRate,
    RatingExpired,
)
from helpline.conversations.rating_models import Rating
from helpline.conversations.visitor_shapes import VisitorRating, visitor_conversation
from helpline.core import Actor
from helpline.reports import satisfaction
from helpline.reports.satisfaction import Narrowed
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import RatingIn
from tests.clock import Clock
from tests.make import World
from tests.running import Running
from tests.session_settings.deciding import decide, only_says, told


@pytest.fixture
def served(world: World) -> tuple[Actor, Actor, str]:
    """An agent, a contact, and their conversation, in which the agent has answered."""
    only_says(world, rating_invitation="How was it?", rating_thanks="Thank you, $ContactName")
    decide(world, satisfaction={"agent_invites": True, "after_close": True, "least_messages": 1})
    agent, visitor = world.agent("Bo"), world.visitor("Amara")
    id = world.write(visitor, "Hello").conversation_id
    world.answer(agent, id)
    return agent, visitor, id


def _invite(world: World, agent: Actor, id: str) -> str:
    return world.do(agent, lambda tx: rating.invite(tx, id).id)


def _rate(world: World, visitor: Actor, id: str, stars: int = 5, **more: Any) -> None:
    world.do(visitor, webchat.rate, RatingIn(conversation_id=id, stars=stars, **more))


def _card(world: World, id: str) -> VisitorRating | None:
    return world.see(lambda tx: visitor_conversation(tx, tx.get(Conversation, id)).rating)


def test_rule_14_an_agent_invites_only_where_that_is_switched_on(
    world: World, served: tuple[Actor, Actor, str]
) -> None:
    agent, _, id = served
    decide(world, satisfaction={"agent_invites": False})
    with pytest.raises(InvitingIsOff):
        _invite(world, agent, id)
    assert _card(world, id) is None
    decide(world, satisfaction={"agent_invites": True})
    _invite(world, agent, id)
    card = _card(world, id)
    assert card is not None
    assert card.stars is None
    assert told(world, id)[-1] == "How was it?"


@pytest.mark.parametrize("on", [True, False])
def test_rule_14_the_card_comes_by_itself_after_the_close_only_where_that_is_switched_on(
    world: World, served: tuple[Actor, Actor, str], on: bool
) -> None:
    agent, visitor, id = served
    decide(world, satisfaction={"after_close": on})
    world.write(visitor, "One more thing")
    world.close(agent, id)
    assert (_card(world, id) is not None) is on
    assert (told(world, id)[-1] == "How was it?") is on


def test_rule_14_there_is_one_card_although_both_ask(world: World, served: tuple[Actor, Actor, str]) -> None:
    agent, visitor, id = served
    world.write(visitor, "One more thing")
    _invite(world, agent, id)
    with pytest.raises(AlreadyInvited):
        _invite(world, agent, id)
    world.close(agent, id)
    assert told(world, id).count("How was it?") == 1
    assert len(world.all(Rating)) == 1


def test_rule_14_a_rating_is_taken_until_its_time_is_over(
    world: World, clock: Clock, served: tuple[Actor, Actor, str]
) -> None:
    agent, visitor, id = served
    decide(world, satisfaction={"valid_for": 3600})
    _invite(world, agent, id)
    clock.advance(3600)
    with pytest.raises(RatingExpired):
        _rate(world, visitor, id)
    assert world.all(Rating)[0].stars is None


def test_rule_14_a_second_rating_is_refused(world: World, served: tuple[Actor, Actor, str]) -> None:
    agent, visitor, id = served
    _invite(world, agent, id)
    _rate(world, visitor, id, 4, comment=" Quick ")
    with pytest.raises(AlreadyRated):
        _rate(world, visitor, id, 1)
    [row] = world.all(Rating)
    assert (row.stars, row.comment, row.agent_id) == (4, "Quick", agent.id)
    assert told(world, id)[-1] == "Thank you, Amara"


@pytest.mark.parametrize(("wrote", "asked"), [(0, False), (1, False), (2, True)])
def test_rule_14_the_card_comes_by_itself_only_after_enough_messages_since_the_hand_over(
    world: World, wrote: int, asked: bool
) -> None:
    decide(world, satisfaction={"after_close": True, "least_messages": 2})
    visitor = world.visitor()
    id = world.write(visitor, "Before").conversation_id
    world.write(visitor, "Before, too")
    agent = world.agent()
    world.answer(agent, id)
    for number in range(wrote):
        world.write(visitor, f"After {number}")
    world.close(agent, id)
    assert (_card(world, id) is not None) is asked


def test_nobody_is_asked_about_what_no_agent_did(world: World, served: tuple[Actor, Actor, str]) -> None:
    visitor = world.visitor()
    decide(world, satisfaction={"least_messages": 0})
    agent, _, _ = served
    world.become(agent, "busy")  # type: ignore[arg-type]
    waiting = world.write(visitor).conversation_id
    world.do(visitor, webchat.leave)
    assert _card(world, waiting) is None
    with pytest.raises(NotAskedToRate):
        _rate(world, visitor, waiting)


def test_only_who_serves_invites_and_only_after_an_answer(world: World, served: tuple[Actor, Actor, str]) -> None:
    agent, _, id = served
    other = world.agent("Cy", ready=False)
    with pytest.raises(NotYours):
        _invite(world, other, id)
    fresh = world.write(world.visitor()).conversation_id
    with pytest.raises(NothingToRate):
        _invite(world, agent, fresh)


def test_nobody_rates_for_another(world: World, served: tuple[Actor, Actor, str]) -> None:
    agent, _, id = served
    _invite(world, agent, id)
    with pytest.raises(NotAskedToRate):
        _rate(world, world.visitor(), id)


def test_the_rating_is_on_the_record_and_in_the_report(world: World, served: tuple[Actor, Actor, str]) -> None:
    agent, visitor, id = served
    decide(world, satisfaction={"reasons": [{"en": "Quick"}, {"en": "Friendly"}]})
    _invite(world, agent, id)
    _rate(world, visitor, id, 4, reasons=[1, 1, 9])
    assert world.all(Rating)[0].reasons == ["Friendly"]
    assert world.records()[0].rating == 4
    report = world.see(satisfaction.report, Narrowed())
    assert (report.total.count, report.total.average, report.total.stars) == (1, 4.0, [0, 0, 0, 1, 0])
    assert [(one.key, one.figures.count) for one in report.by_agent] == [(agent.id, 1)]
    assert report.total.asked == 1


@pytest.mark.parametrize("stars", [0, 6, "five", None])
def test_a_rating_has_one_to_five_stars(running: Running, stars: Any) -> None:
    admin = running.set_up()
    key = admin.get("/api/channels").json()[0]["public_key"]
    token = running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"]
    answer = running.client(token).post("/api/webchat/rating", json={"conversation_id": "x", "stars": stars})
    assert (answer.status_code, answer.json()["field"]) == (400, "stars")
