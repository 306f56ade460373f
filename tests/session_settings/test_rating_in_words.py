"""A rating that is written rather than tapped, where the channel has no card."""

from typing import Any

import pytest

from helpline.channels import Channel
from helpline.conversations import rating
from helpline.conversations.models import Conversation, Message, State
from helpline.conversations.rating_models import Rating
from helpline.conversations.rating_words import Written, written
from helpline.core import Actor
from tests.clock import Clock
from tests.make import World
from tests.session_settings.deciding import decide, only_says, told


@pytest.mark.parametrize(
    ("text", "stars", "comment"),
    [
        ("5", 5, ""),
        (" ５ ", 5, ""),
        ("٤", 4, ""),
        ("⭐⭐⭐⭐", 4, ""),
        ("⭐️⭐️", 2, ""),
        ("★★★☆☆", 3, ""),
        ("4, great help", 4, "great help"),
        ("4\ngreat help", 4, "great help"),
        ("5 stars 2 thumbs up", 5, "2 thumbs up"),
        ("5分", 5, ""),
        ("5，謝謝您", 5, "謝謝您"),
        ("3/5", 3, ""),
        ("4 stars, very kind", 4, "very kind"),
        ("⭐ never again", 1, "never again"),
        ("5!", 5, ""),
    ],
)
def test_a_number_or_stars_with_or_without_words_are_a_rating(text: str, stars: int, comment: str) -> None:
    assert written(text) == Written(stars, comment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "6",
        "10",
        "55",
        "4th floor",
        "4.5",
        "1-2 days",
        "5:30 is fine",
        "3/4 of it",
        "5 minutes ago I wrote",
        "2 - 3 of them are broken",
        "5個包裹還沒到",
        "Hello 5",
        "⭐" * 6,
        "☆",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert written(text) is None


@pytest.fixture
def asked(world: World) -> tuple[Actor, Actor, str]:
    """An agent, a contact who writes by LINE, and their conversation, which is closed and about which they were asked."""
    only_says(world, rating_in_words="From 1 to 5?", rating_thanks="Thank you")
    decide(world, satisfaction={"agent_invites": True, "after_close": True, "least_messages": 0, "valid_for": 3600})

    def by_line(tx: Any) -> None:
        tx.get(Channel, world.channel).kind = "line"

    world.do(None, by_line)
    agent, contact = world.agent("Bo"), world.visitor("Amara")
    id = world.write(contact, "Hello").conversation_id
    world.answer(agent, id)
    world.close(agent, id)
    return agent, contact, id


def _stars(world: World) -> int | None:
    return world.all(Rating)[0].stars


def test_rule_14_where_there_is_no_card_the_contact_is_asked_in_words_and_answers_in_words(
    world: World, asked: tuple[Actor, Actor, str]
) -> None:
    _, contact, id = asked
    assert told(world, id)[-1] == "From 1 to 5?"
    said = world.write(contact, "４, great help")
    assert said.conversation_id == id
    [row] = world.all(Rating)
    assert (row.stars, row.comment) == (4, "great help")
    assert told(world, id)[-2:] == ["４, great help", "Thank you"]
    assert world.conversation(id).state == State.CLOSED
    assert len(world.all(Conversation)) == 1


def test_rule_14_what_is_no_rating_is_an_ordinary_message(world: World, asked: tuple[Actor, Actor, str]) -> None:
    _, contact, id = asked
    assert world.write(contact, "One more thing").conversation_id != id
    assert _stars(world) is None


def test_rule_14_a_second_number_is_an_ordinary_message(world: World, asked: tuple[Actor, Actor, str]) -> None:
    _, contact, id = asked
    world.write(contact, "5")
    assert world.write(contact, "1").conversation_id != id
    assert _stars(world) == 5


def test_rule_14_a_number_after_the_time_is_an_ordinary_message(
    world: World, clock: Clock, asked: tuple[Actor, Actor, str]
) -> None:
    _, contact, id = asked
    clock.advance(3600)
    assert world.write(contact, "5").conversation_id != id
    assert _stars(world) is None


def test_a_rating_in_words_that_is_delivered_twice_is_one(world: World, asked: tuple[Actor, Actor, str]) -> None:
    _, contact, id = asked
    first, again = (world.write(contact, "5", id="the-same") for _ in range(2))
    assert first.id == again.id
    assert [row.text for row in world.all(Message) if row.text == "5"] == ["5"]
    assert told(world, id).count("Thank you") == 1


def test_a_rating_while_the_service_goes_on_waits_for_no_answer(world: World, asked: tuple[Actor, Actor, str]) -> None:
    agent, _, _ = asked
    other = world.visitor("Leila")
    id = world.write(other, "Hello").conversation_id
    world.answer(agent, id)
    world.do(agent, lambda tx: rating.invite(tx, id).id)
    world.write(other, "⭐⭐⭐")
    row = world.conversation(id)
    assert (row.state, row.waiting_since, row.unread) == (State.ACTIVE, None, 0)
    assert {one.stars for one in world.all(Rating) if one.id == id} == {3}


def test_where_there_is_a_card_a_number_is_an_ordinary_message(world: World) -> None:
    decide(world, satisfaction={"after_close": True, "least_messages": 0})
    agent, contact = world.agent("Bo"), world.visitor("Amara")
    id = world.write(contact, "Hello").conversation_id
    world.answer(agent, id)
    world.close(agent, id)
    assert world.write(contact, "5").conversation_id != id
    assert _stars(world) is None
