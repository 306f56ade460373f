"""Answers to choose from: offered below a message, tapped or named by their number, and what of them is refused."""

from typing import Any

import pytest

from helpline.channels import Channel
from helpline.channels import actions as channels
from helpline.channels.inbound import Said, Who
from helpline.conversations import Conversation, Message
from helpline.conversations.choosing import BadChoice, ChoicesAlone, TooManyChoices
from helpline.core import Actor, Invalid, new_id
from helpline.delivery import Delivery
from helpline.intake.hearing import hear
from tests.make import World

WAYS = ["Standard", "Express", "Pick-up"]


class Line:
    """A conversation by a channel of a kind."""

    def __init__(self, world: World, kind: str) -> None:
        self.world, self.agent = world, world.agent()
        category = next(row for row in world.all(Channel)).category_id
        told: dict[str, Any] = {"sms": {"account_sid": "AC1", "number": "+1"}, "whatsapp": {"phone_number_id": "1"}}[
            kind
        ]
        sealed = {"token": "locked", "app_secret": "locked"} if kind == "whatsapp" else {"token": "locked"}
        add = {"name": "C", "category_id": category, "kind": kind, "settings": told, "sealed": sealed}
        self.channel = world.do(None, lambda tx: channels.add_channel(tx, **add).id)
        self.hears("hi")
        self.id = next(row.id for row in world.all(Conversation))
        world.answer(self.agent, self.id)

    def hears(self, text: str, **details: Any) -> Message:
        said = Said(external_id=new_id(), who=Who(address="15550001", name="Kim"), text=text, details=details)
        self.world.do(None, lambda tx: hear(tx, tx.get(Channel, self.channel), said, [], tx.now))
        return next(row for row in self.world.all(Message) if row.external_id == said.external_id)

    def asks(self, choices: list[str], **more: Any) -> Any:
        return self.world.answer(self.agent, self.id, "How?", choices=choices, **more)

    def went_out(self, message_id: str) -> list[str]:
        return [row.text for row in self.world.all(Delivery) if row.message_id == message_id]


def written(world: World, visitor: Actor, text: str) -> Any:
    id = world.write(visitor, text).id
    return next(row.details for row in world.all(Message) if row.id == id)


def test_what_is_picked_in_a_web_chat_points_at_the_question(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    id = world.write(visitor).conversation_id
    asked = world.answer(agent, id, "How?", choices=WAYS)
    assert asked.details is not None
    assert asked.details.choices == WAYS
    assert written(world, visitor, " express") == {"button": {"title": "Express"}, "reply_to": asked.id}


def test_other_words_pick_nothing_and_what_an_agent_says_next_ends_the_question(world: World) -> None:
    agent, visitor = world.agent(), world.visitor()
    id = world.write(visitor).conversation_id
    world.answer(agent, id, "How?", choices=WAYS)
    assert written(world, visitor, "What is express?") is None
    assert written(world, visitor, "2") is None
    world.answer(agent, id, "psst", visibility="internal")
    assert written(world, visitor, "Express") is not None
    world.answer(agent, id, "Very well")
    assert written(world, visitor, "Standard") is None


def test_where_nothing_can_be_tapped_answers_are_numbered_and_named_by_number(world: World) -> None:
    line = Line(world, "sms")
    asked = line.asks(WAYS)
    assert asked.text == "How?"
    assert line.went_out(asked.id) == ["How?\n\n1. Standard\n2. Express\n3. Pick-up"]
    for said in ("2", "2.", " 2) ", "EXPRESS"):
        details = line.hears(said).details
        assert details == {"button": {"title": "Express"}, "reply_to": asked.id}, said
    for said in ("0", "4", "22", "2 or 3", "²"):
        assert line.hears(said).details is None, said


def test_where_they_can_be_tapped_the_text_stays_as_it_is(world: World) -> None:
    line = Line(world, "whatsapp")
    asked = line.asks(WAYS)
    assert line.went_out(asked.id) == ["How?"]
    tapped = {"button": {"title": "Pick-up", "data": "Pick-up"}}
    assert line.hears("Pick-up", **tapped).details == {**tapped, "reply_to": asked.id}
    assert line.hears("2").details is None


@pytest.mark.parametrize(
    ("kind", "choices", "more", "refusal", "field"),
    [
        ("sms", ["1"] * 11, {}, TooManyChoices, "choices"),
        ("whatsapp", ["1"] * 11, {}, TooManyChoices, "choices"),
        ("whatsapp", ["ok", "x" * 21], {}, BadChoice, "choices.1"),
        ("sms", ["x" * 61], {}, BadChoice, "choices.0"),
        ("sms", ["Yes", "yes"], {}, BadChoice, "choices.1"),
        ("sms", ["  "], {}, BadChoice, "choices.0"),
        ("sms", [" a"], {}, BadChoice, "choices.0"),
        ("sms", ["a\nb"], {}, BadChoice, "choices.0"),
        ("sms", ["a\u2028b"], {}, BadChoice, "choices.0"),
        ("sms", ["Yes"], {"visibility": "internal"}, ChoicesAlone, "choices"),
    ],
)
def test_what_a_channel_could_not_offer_is_refused(
    world: World, kind: str, choices: list[str], more: dict[str, Any], refusal: type[Invalid], field: str
) -> None:
    line = Line(world, kind)
    with pytest.raises(refusal) as refused:
        world.answer(line.agent, line.id, **{"text": "How?", "choices": choices} | more)
    assert refused.value.field == field
