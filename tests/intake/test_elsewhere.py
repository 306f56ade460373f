"""What our side says to contacts outside of Helpline: seen once, as ours, and nobody is woken by it."""

from datetime import timedelta
from typing import Any

import pytest

from helpline.channels import Channel
from helpline.channels.contract import Failed
from helpline.channels.inbound import Deleted, Edited, Event, Reacted, Said, SaidElsewhere, Who
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message, State
from helpline.conversations.models import CloseReason
from helpline.core import new_id
from helpline.core.facts import FactRow
from helpline.delivery import Delivery, actions
from helpline.intake.hearing import hear
from helpline.service_records import ServiceRecord
from tests.clock import Clock
from tests.delivery.test_delivering import KIM, Outside
from tests.make import World

ANA = Who(address="ana", name="Ana")


@pytest.fixture
def outside(world: World) -> Outside:
    return Outside(world)


def said(text: str = "We are on it", id: str = "", **more: Any) -> SaidElsewhere:
    return SaidElsewhere(external_id=id or new_id(), who=more.pop("who", KIM), text=text, **more)


def conversation(outside: Outside, id: str) -> Conversation:
    return next(row for row in outside.world.all(Conversation) if row.id == id)


def elsewhere(outside: Outside) -> list[Message]:
    return [row for row in outside.world.all(Message) if (row.details or {}).get("elsewhere") is not None]


def test_it_stands_in_the_open_conversation_once_and_as_ours(outside: Outside) -> None:
    id = outside.comes()
    before = conversation(outside, id)
    for event in (said(id="m", by="15"), said(id="m", by="15")):
        outside.hear(event)
    (message,) = elsewhere(outside)
    assert (message.conversation_id, message.text, message.state) == (id, "We are on it", "sent")
    assert (message.author_kind, message.author_id, message.details) == ("agent", "", {"elsewhere": {"app": "15"}})
    after = conversation(outside, id)
    assert (after.last_text, after.last_by, after.last_seq) == ("We are on it", "bot", before.last_seq + 1)
    assert len(outside.world.all(Conversation)) == len(outside.world.all(ContactPoint)) == 1
    assert not any(row.message_id == message.id for row in outside.world.all(Delivery))  # it goes out no second time


def test_a_person_answers_the_contact_and_a_program_may_not(outside: Outside, clock: Clock) -> None:
    id = outside.comes()
    outside.hear(said(by="15"))
    assert conversation(outside, id).waiting_since is not None
    outside.hear(said(at=clock.now - timedelta(minutes=1)))  # before they wrote
    assert conversation(outside, id).waiting_since is not None
    outside.hear(said())
    after = conversation(outside, id)
    assert (after.waiting_since, after.state, after.unread, after.first_answer_at) == (
        None,
        before_it(outside),
        1,
        None,
    )
    outside.hear(Said(external_id="next", who=KIM, text="Thanks, but"))
    assert conversation(outside, id).waiting_since is not None


def before_it(outside: Outside) -> State:
    (row,) = outside.world.all(Conversation)
    return row.state


def test_it_begins_no_service_and_moves_no_queue(outside: Outside) -> None:
    id = outside.comes()
    state, facts = conversation(outside, id).state, len(outside.world.all(FactRow))
    outside.hear(said())
    told = sorted(outside.world.all(FactRow), key=lambda row: row.seq)[facts:]
    assert [row.topic for row in told] == ["message.said_elsewhere"]
    assert conversation(outside, id).state == state
    assert outside.world.all(ServiceRecord) == []


def test_after_the_end_it_stands_at_the_end_of_the_last_conversation(outside: Outside) -> None:
    id = outside.comes()
    outside.world.close(outside.agent, id)
    outside.hear(said("One more thing"))
    after = conversation(outside, id)
    assert (after.state, after.last_text, after.waiting_since) == (State.CLOSED, "One more thing", None)
    assert len(outside.world.all(Conversation)) == 1


def test_to_who_never_wrote_it_stands_in_a_conversation_that_is_over(outside: Outside) -> None:
    outside.hear(said("Our news", by="15", who=ANA))
    outside.hear(said("More news", by="15", who=ANA))
    (first,) = outside.world.all(Conversation)
    assert (first.state, first.close_reason, first.contact_name) == (State.CLOSED, CloseReason.ELSEWHERE, "Ana")
    assert [row.text for row in elsewhere(outside)] == ["Our news", "More news"]
    outside.hear(Said(external_id="m", who=ANA, text="Tell me more"))
    (second,) = [row for row in outside.world.all(Conversation) if row.id != first.id]
    assert (second.previous_id, second.state != State.CLOSED) == (first.id, True)


def test_an_echo_of_what_went_out_is_no_second_message(outside: Outside) -> None:
    sent = outside.goes(outside.comes(), "Hi")
    (delivery,) = outside.deliveries(sent.id)
    outside.clear_others(sent.id)
    outside.begin(delivery.id)
    outside.hear(said("Hi", id="ext"))  # quicker than the provider's answer
    assert (outside.state(sent.id), elsewhere(outside)) == ("sent", [])
    outside.world.do(None, actions.note_sent, delivery.id, "ext")
    outside.hear(said("Hi", id="ext"))
    assert (outside.state(sent.id), elsewhere(outside)) == ("sent", [])
    outside.hear(said("Hi", id="another"))  # the same words, but nothing is being sent
    assert [row.external_id for row in elsewhere(outside)] == ["another"]


@pytest.mark.parametrize("key", [True, False])
def test_an_echo_makes_up_for_an_answer_that_was_lost(outside: Outside, key: bool) -> None:
    sent = outside.goes(outside.comes(), "Hi  there")
    (delivery,) = outside.deliveries(sent.id)
    outside.begin(delivery.id)
    lost = Failed("temporary", "timeout", may_have_arrived=True)
    outside.world.do(None, actions.note_failed, delivery.id, lost, tells_duplicates=False)
    assert outside.state(sent.id) == "unknown"
    outside.hear(said("other words", id="other"))
    assert outside.state(sent.id) == "unknown"
    outside.hear(said("changed" if key else "Hi there", id="ext", key=delivery.id if key else ""))
    assert outside.state(sent.id) == "sent"
    assert [row.text for row in elsewhere(outside)] == ["other words"]


def test_a_key_of_another_channel_is_nobodys(outside: Outside) -> None:
    sent = outside.goes(outside.comes(), "Hi")
    (delivery,) = outside.deliveries(sent.id)
    other = next(row for row in outside.world.all(Channel) if row.id != outside.channel)
    event = said("Hi", key=delivery.id, who=ANA)
    outside.world.do(None, lambda tx: hear(tx, tx.get(Channel, other.id), event, [], tx.now))
    assert (outside.state(sent.id), len(elsewhere(outside))) == ("queued", 1)


def test_it_can_be_answered_to_changed_and_taken_back(outside: Outside) -> None:
    id = outside.comes(id="question")
    outside.hear(said("We are on it", id="m", answers="question"))
    events: list[Event] = [Said(external_id="n", who=KIM, text="Thanks", answers="m")]
    events += [Reacted(external_id="m", who=KIM, emoji="👍"), Edited(external_id="m", who=KIM, text="We were on it")]
    for event in events:
        outside.hear(event)
    (message,) = elsewhere(outside)
    question = next(row for row in outside.world.all(Message) if row.external_id == "question")
    thanks = next(row for row in outside.world.all(Message) if row.external_id == "n")
    assert message.details["reply_to"] == question.id
    assert thanks.details["reply_to"] == message.id
    assert (message.text, message.details["reactions"][0]["emoji"], message.conversation_id) == (
        "We were on it",
        "👍",
        id,
    )
    outside.hear(Deleted(external_id="m"))
    assert elsewhere(outside)[0].details["deleted_at"]


def test_what_cannot_be_shown_is_said_to_be_there(outside: Outside) -> None:
    outside.comes()
    outside.hear(said("", details={"unsupported": "hologram"}))
    assert elsewhere(outside)[0].details["unsupported"] == "hologram"
