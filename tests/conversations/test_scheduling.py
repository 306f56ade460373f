"""What an agent says can be taken back for a while, or go out later: it is sent once, or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from helpline.channels import Channel
from helpline.channels import actions as channels
from helpline.channels.inbound import Said, Who
from helpline.channels.kinds import KINDS
from helpline.contacts import ContactPoint
from helpline.conversations import CloseReason, Conversation, Message, scheduling, serving
from helpline.conversations.answering import NewerMessages, NotYours
from helpline.conversations.messages import NothingToSay
from helpline.conversations.scheduled_models import ScheduledMessage
from helpline.conversations.scheduled_shapes import ScheduledIn
from helpline.conversations.scheduling import AlreadySent, NotLater, NotYourWords
from helpline.conversations.shapes import MailIn
from helpline.conversations.snoozing import NoTimeToCome
from helpline.conversations.windows import WindowClosed
from helpline.core import Actor, new_id
from helpline.delivery import Delivery
from helpline.drafts import actions as drafts
from helpline.drafts.models import Draft
from helpline.drafts.shapes import DraftIn
from helpline.intake.hearing import hear
from helpline.people import Agent
from helpline.people import actions as people
from helpline.people.workspace import change_workspace
from tests.clock import Clock
from tests.make import World

HOUR = 3600.0
KIM = Who(address="kim", name="Kim")


class Lamp:
    """A conversation by a channel outside, and the agent who serves it. What is written can be taken back for ten seconds."""

    def __init__(self, world: World, kind: str = "api") -> None:
        self.world, self.agent = world, world.agent()
        category = next(row for row in world.all(Channel)).category_id
        told = {"settings": {"url": "https://app.example"}, "sealed": {"secret": "locked"}}
        self.channel = world.do(
            None, lambda tx: channels.add_channel(tx, name="App", category_id=category, kind=kind, **told).id
        )
        world.do(None, lambda tx: change_workspace(tx, undo_chat=10).id)
        self.comes("My lamp is broken")
        self.id = next(row.id for row in world.all(Conversation))

    def comes(self, text: str) -> None:
        said = Said(external_id=new_id(), who=KIM, text=text)
        self.world.do(None, lambda tx: hear(tx, tx.get(Channel, self.channel), said, [], tx.now))

    def says(self, text: str = "Which lamp?", **more: Any) -> str:
        """The agent writes; the id of what goes out later."""
        given = ScheduledIn(**{"id": new_id(), "text": text, "anyway": True} | more)
        return self.world.do(self.agent, lambda tx: scheduling.schedule(tx, self.id, given).id)

    def do(self, action: Callable[..., Any], id: str, actor: Actor | None = None) -> str:
        return self.world.do(actor or self.agent, lambda tx: action(tx, id).state)

    def later(self, clock: Clock) -> Any:
        return clock.now + timedelta(hours=20)

    def state(self, id: str) -> str:
        return next(row.state for row in self.world.all(ScheduledMessage) if row.id == id)

    def answers(self) -> list[str]:
        said = [row for row in self.world.all(Message) if row.author_kind == "agent" and row.kind == "text"]
        return [row.text for row in sorted(said, key=lambda row: row.seq)]

    def deliveries(self, *texts: str) -> list[Delivery]:
        return [row for row in self.world.all(Delivery) if row.text in texts]

    def draft(self) -> Draft:
        (row,) = self.world.all(Draft)
        return row  # type: ignore[no-any-return]


@pytest.fixture
def lamp(world: World) -> Lamp:
    return Lamp(world)


def test_what_is_not_taken_back_goes_out_after_the_seconds_of_the_workspace(lamp: Lamp, clock: Clock) -> None:
    id = lamp.says()
    lamp.world.wait(clock, 9)
    assert (lamp.answers(), lamp.state(id)) == ([], "waiting")
    lamp.world.wait(clock, 2)
    assert (lamp.answers(), lamp.state(id)) == (["Which lamp?"], "sent")
    (delivery,) = lamp.deliveries("Which lamp?")
    (sent,) = [row for row in lamp.world.all(ScheduledMessage) if row.id == id]
    assert delivery.message_id == sent.message_id
    lamp.world.wait(clock, HOUR)
    assert lamp.answers() == ["Which lamp?"]


def test_what_is_taken_back_never_goes_and_stands_in_the_draft_with_all_it_had(lamp: Lamp, clock: Clock) -> None:
    mail = MailIn(subject="Your lamp", cc=["bo@post.example"], bcc=[])
    id = lamp.says(mail=mail)
    lamp.world.do(lamp.agent, lambda tx: drafts.save(tx, lamp.id, DraftIn(version=0, text="And since when?")).id)
    assert lamp.do(scheduling.take_back, id) == "taken_back"
    draft = lamp.draft()
    assert (draft.text, draft.visibility, draft.empty) == ("Which lamp?\nAnd since when?", "public", False)
    assert draft.mail == {"subject": "Your lamp", "cc": ["bo@post.example"], "bcc": [], "answered": None}
    lamp.world.wait(clock, HOUR)
    assert lamp.answers() == [] == lamp.deliveries("Which lamp?")


def test_a_note_that_was_begun_meanwhile_stays_a_note(lamp: Lamp) -> None:
    id = lamp.says()
    note = DraftIn(version=0, text="Ask Mei", visibility="internal")
    lamp.world.do(lamp.agent, lambda tx: drafts.save(tx, lamp.id, note).id)
    lamp.do(scheduling.take_back, id)
    draft = lamp.draft()
    assert (draft.visibility, draft.text, draft.aside) == ("public", "Which lamp?", "Ask Mei")


def test_the_draft_goes_with_what_is_scheduled_and_what_was_written_after_that_stays(lamp: Lamp) -> None:
    kept = lamp.world.do(lamp.agent, lambda tx: drafts.save(tx, lamp.id, DraftIn(version=0, text="Which")).version)
    lamp.says("Which lamp?", draft=kept)
    assert (lamp.draft().text, lamp.draft().empty) == ("", True)
    version = lamp.draft().version
    lamp.world.do(lamp.agent, lambda tx: drafts.save(tx, lamp.id, DraftIn(version=version, text="Or")).id)
    lamp.says("Which one?", draft=kept)
    assert lamp.draft().text == "Or"


@pytest.mark.parametrize("back", [scheduling.take_back, scheduling.discard])
def test_what_has_gone_out_cannot_be_taken_back(lamp: Lamp, clock: Clock, back: Callable[..., Any]) -> None:
    id = lamp.says()
    lamp.world.wait(clock, 11)
    with pytest.raises(AlreadySent):
        lamp.do(back, id)
    assert (lamp.answers(), lamp.state(id)) == (["Which lamp?"], "sent")
    assert lamp.world.all(Draft) == []


@pytest.mark.parametrize("back", [scheduling.take_back, scheduling.discard])
def test_what_was_taken_back_is_not_sent_now_nor_taken_back_again(lamp: Lamp, back: Callable[..., Any]) -> None:
    id = lamp.says()
    lamp.do(back, id)
    for again in (scheduling.send_now, scheduling.take_back, scheduling.discard):
        with pytest.raises(AlreadySent):
            lamp.do(again, id)
    assert lamp.answers() == []


def test_of_sending_and_taking_back_at_the_same_moment_exactly_one_happens(lamp: Lamp, clock: Clock) -> None:
    ids = [lamp.says(f"Answer {number}") for number in range(12)]
    clock.advance(11)
    with ThreadPoolExecutor(4) as at_once:
        due = [at_once.submit(lamp.world.wait, clock, 0) for _ in range(2)]
        back = [at_once.submit(lamp.do, scheduling.take_back, id) for id in reversed(ids)]
        for one in due:
            one.result()
    taken = {id for id, one in zip(reversed(ids), back, strict=True) if one.exception() is None}
    assert all(isinstance(one.exception(), AlreadySent) for one in back if one.exception())
    lamp.world.wait(clock, 1)
    said = dict(zip(ids, (f"Answer {number}" for number in range(12)), strict=True))
    assert {id for id in ids if lamp.state(id) == "taken_back"} == taken
    assert sorted(lamp.answers()) == sorted(said[id] for id in ids if id not in taken)
    kept = lamp.draft().text.split("\n") if taken else []
    assert sorted(kept) == sorted(said[id] for id in taken)


def test_said_twice_it_is_one(lamp: Lamp, clock: Clock) -> None:
    same = new_id()
    assert lamp.says(id=same) == lamp.says(id=same)
    lamp.world.wait(clock, 11)
    assert lamp.says(id=same)
    lamp.world.wait(clock, 11)
    assert lamp.answers() == ["Which lamp?"]


def test_a_message_goes_out_at_the_time_that_was_chosen(lamp: Lamp, clock: Clock) -> None:
    id = lamp.says(send_at=lamp.later(clock))
    lamp.world.wait(clock, 19 * HOUR)
    assert lamp.answers() == []
    lamp.comes("It works again")
    lamp.world.wait(clock, HOUR + 1)
    assert (lamp.answers(), lamp.state(id)) == (["Which lamp?"], "sent")


def test_it_can_be_sent_before_its_time_by_whoever_serves_and_then_only_then(lamp: Lamp, clock: Clock) -> None:
    id = lamp.says(send_at=lamp.later(clock))
    colleague = lamp.world.agent("Bo")
    lamp.world.do(lamp.agent, lambda tx: serving.transfer(tx, lamp.id, agent_id=colleague.id, team_id=None).id)
    with pytest.raises(NotYourWords):
        lamp.do(scheduling.take_back, id, colleague)
    assert lamp.do(scheduling.send_now, id, colleague) == "sent"
    (answer,) = [row for row in lamp.world.all(Message) if row.author_kind == "agent" and row.kind == "text"]
    assert answer.author_id == lamp.agent.id
    lamp.world.wait(clock, 21 * HOUR)
    assert lamp.answers() == ["Which lamp?"]


def test_what_waits_to_be_taken_back_goes_before_the_service_ends_and_begins_its_record(lamp: Lamp) -> None:
    id = lamp.says()
    lamp.world.close(lamp.agent, lamp.id)
    assert (lamp.answers(), lamp.state(id)) == (["Which lamp?"], "sent")
    (record,) = lamp.world.records()
    assert (record.handler_id, record.state) == (lamp.agent.id, "wrap_up")
    said = sorted((row for row in lamp.world.all(Message)), key=lambda row: row.seq)
    told = [row.event["name"] if row.event else row.text for row in said]
    assert told.index("Which lamp?") < told.index("closed")


def test_what_waits_to_be_taken_back_goes_before_another_agent_has_it(lamp: Lamp) -> None:
    id, colleague = lamp.says(), lamp.world.agent("Bo")
    lamp.world.do(lamp.agent, lambda tx: serving.transfer(tx, lamp.id, agent_id=colleague.id, team_id=None).id)
    assert lamp.state(id) == "sent"
    assert [row.handler_id for row in lamp.world.records()] == [colleague.id]


def test_a_chosen_time_outlasts_the_service_and_the_agent(lamp: Lamp, clock: Clock) -> None:
    lamp.world.answer(lamp.agent, lamp.id, "We look at it")
    id = lamp.says("Does it work?", send_at=lamp.later(clock))
    lamp.world.do(lamp.agent, lambda tx: serving.close(tx, lamp.id, CloseReason.AGENT_CLOSED).state)
    lamp.world.do(None, lambda tx: people.change_agent(tx, tx.get(Agent, lamp.agent.id), active=False).id)
    lamp.world.wait(clock, 21 * HOUR)
    assert (lamp.answers(), lamp.state(id)) == (["We look at it", "Does it work?"], "sent")
    assert len(lamp.deliveries("We look at it", "Does it work?")) == 2
    assert [row.state for row in lamp.world.records()] == ["wrap_up"]


def test_who_goes_on_in_a_new_conversation_has_there_what_was_still_to_go_out(lamp: Lamp, clock: Clock) -> None:
    lamp.world.answer(lamp.agent, lamp.id, "We look at it")
    id = lamp.says("Does it work?", send_at=lamp.later(clock))
    lamp.world.close(lamp.agent, lamp.id)
    lamp.comes("It works again")
    new = next(row for row in lamp.world.all(Conversation) if row.id != lamp.id)
    (row,) = (row for row in lamp.world.all(ScheduledMessage) if row.id == id)
    assert (row.conversation_id, row.after_seq, row.state) == (new.id, 0, "waiting")
    lamp.world.wait(clock, 21 * HOUR)
    (sent,) = (row for row in lamp.world.all(Message) if row.text == "Does it work?")
    assert (sent.conversation_id, lamp.state(id)) == (new.id, "sent")


def test_what_can_no_longer_reach_the_contact_stands_there_as_failed(lamp: Lamp, clock: Clock) -> None:
    lamp.says(send_at=lamp.later(clock))

    def block(tx: Any) -> None:
        tx.get(ContactPoint, tx.get(Conversation, lamp.id).contact_point_id).unreachable = "blocked"

    lamp.world.do(None, block)
    lamp.world.wait(clock, 21 * HOUR)
    (delivery,) = lamp.deliveries("Which lamp?")
    assert (lamp.answers(), delivery.state, delivery.failure) == (["Which lamp?"], "failed", "blocked")


def test_what_cannot_be_said_at_that_time_is_refused_at_once(lamp: Lamp, clock: Clock) -> None:
    for send_at in (clock.now - timedelta(hours=1), clock.now + timedelta(days=400)):
        with pytest.raises(NoTimeToCome) as refused:
            lamp.says(send_at=send_at)
        assert refused.value.field == "send_at"
    with pytest.raises(NothingToSay):
        lamp.says("  ", send_at=lamp.later(clock))
    with pytest.raises(NotLater):
        lamp.says(visibility="internal", send_at=lamp.later(clock))
    with pytest.raises(NewerMessages):
        lamp.says(anyway=False, seen_up_to=0)
    assert lamp.world.all(ScheduledMessage) == []


def test_a_window_that_is_closed_by_then_is_told_at_once(
    lamp: Lamp, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = KINDS["api"]
    windowed = replace(api, capabilities=replace(api.capabilities, reply_window=timedelta(hours=24)))
    monkeypatch.setattr("helpline.channels.kinds.KINDS", {**KINDS, "api": windowed})
    lamp.comes("Hello?")
    lamp.says(send_at=clock.now + timedelta(hours=20))
    with pytest.raises(WindowClosed):
        lamp.says(send_at=clock.now + timedelta(hours=25))


def test_a_web_chat_is_read_while_it_lasts(world: World, clock: Clock) -> None:
    agent, visitor = world.agent(), world.visitor()
    id = world.write(visitor).conversation_id
    given = ScheduledIn(id=new_id(), text="Hi", anyway=True, send_at=clock.now + timedelta(hours=1))
    with pytest.raises(NotLater):
        world.do(agent, lambda tx: scheduling.schedule(tx, id, given).id)
    at_once = ScheduledIn(id=new_id(), text="Hi", anyway=True)
    world.do(agent, lambda tx: scheduling.schedule(tx, id, at_once).id)
    world.wait(clock, 0)
    assert [row.text for row in world.all(Message) if row.author_kind == "agent" and row.kind == "text"] == ["Hi"]


def test_nobody_schedules_in_what_others_serve(lamp: Lamp) -> None:
    other = lamp.world.agent("Bo")
    given = ScheduledIn(id=new_id(), text="Hi", anyway=True)
    with pytest.raises(NotYours):
        lamp.world.do(other, lambda tx: scheduling.schedule(tx, lamp.id, given).id)
