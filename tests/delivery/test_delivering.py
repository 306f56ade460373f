"""The way of a message through its states: what ends halfway, what is reported, what cannot go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from helpline.channels import Channel
from helpline.channels import actions as channels
from helpline.channels.contract import Capabilities, Failed, Kind, Outbound
from helpline.channels.inbound import Deleted, Edited, Reachable, Reacted, ReadUpTo, Reported, Said, Who
from helpline.channels.kinds import KINDS
from helpline.channels.reasons import Reason
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message, answering
from helpline.conversations.answering import FileNotTaken
from helpline.conversations.shapes import MessageIn
from helpline.conversations.windows import ContactUnreachable, WindowClosed
from helpline.core import Tx, new_id
from helpline.delivery import Attempt, Delivery, actions, copies, queries
from helpline.delivery.actions import NothingToRetry
from helpline.files.actions import add as add_file
from helpline.files.models import File
from helpline.intake.hearing import NotYet, hear
from helpline.service_records import ServiceRecord
from tests.clock import Clock
from tests.make import World

KIM = Who(address="kim", name="Kim")


class Outside:
    """A channel outside in a world: what comes, what goes."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.agent = world.agent()
        category = next(row for row in world.all(Channel)).category_id
        told = {"settings": {"url": "https://app.example"}, "sealed": {"secret": "locked"}}
        self.channel: str = world.do(
            None, lambda tx: channels.add_channel(tx, name="App", category_id=category, kind="api", **told).id
        )

    def hear(self, event: Any) -> None:
        world = self.world
        world.do(None, lambda tx: hear(tx, tx.get(Channel, self.channel), event, [], tx.now))

    def comes(self, text: str = "Hello", id: str = "") -> str:
        """Kim writes; the id of the conversation."""
        self.hear(Said(external_id=id or new_id(), who=KIM, text=text))
        return max((one for one in self.world.all(Conversation)), key=lambda one: one.created_at).id

    def goes(self, conversation_id: str, text: str = "Hi") -> Message:
        sent = self.world.answer(self.agent, conversation_id, text)
        return next(row for row in self.world.all(Message) if row.id == sent.id)

    def deliveries(self, message_id: str) -> list[Delivery]:
        rows = [row for row in self.world.all(Delivery) if row.message_id == message_id]
        return sorted(rows, key=lambda row: row.part)

    def state(self, message_id: str) -> str:
        return str(next(row.state for row in self.world.all(Message) if row.id == message_id))

    def begin(self, id: str) -> Outbound | None:
        def path(workspace_id: str, file_id: str) -> Path:
            return Path(workspace_id) / file_id

        return self.world.do(None, actions.begin, id, path, "https://help.example")

    def due(self) -> list[str]:
        """What can go now."""
        return self.world.see(queries.due, self.channel, 10)

    def clear(self) -> None:
        """All that was said by itself is sent."""
        self.clear_others("")

    def clear_others(self, message_id: str) -> None:
        """All that was said is sent, but this."""
        for row in self.world.all(Delivery):
            if row.message_id != message_id and self.begin(row.id):
                self.world.do(None, actions.note_sent, row.id, f"x-{row.id}")


@pytest.fixture
def outside(world: World) -> Outside:
    return Outside(world)


def test_what_an_agent_says_is_queued_in_the_same_moment_and_a_note_is_not(outside: Outside) -> None:
    id = outside.comes()
    assert outside.world.answer(outside.agent, id, "First").state == "queued"
    sent = outside.goes(id)
    assert (outside.state(sent.id), [one.state for one in outside.deliveries(sent.id)]) == ("queued", ["queued"])
    note = outside.world.answer(outside.agent, id, "only us", visibility="internal")
    assert outside.deliveries(note.id) == []


def test_after_a_kill_it_is_sent_again_where_duplicates_are_told_apart_and_unknown_where_not(outside: Outside) -> None:
    id = outside.comes()
    for tells, after in ((True, "queued"), (False, "unknown")):
        outside.clear()
        sent = outside.goes(id)
        (delivery,) = outside.deliveries(sent.id)
        assert outside.begin(delivery.id) is not None
        assert outside.begin(delivery.id) is None
        outside.world.do(None, actions.recover, outside.channel, tells_duplicates=tells)
        assert outside.state(sent.id) == after
        outcomes = [row.outcome for row in outside.world.all(Attempt) if row.delivery_id == delivery.id]
        assert outcomes == ["unknown"]


def test_a_call_without_an_answer_is_unknown_and_not_sent_twice(outside: Outside) -> None:
    sent = outside.goes(outside.comes())
    (delivery,) = outside.deliveries(sent.id)
    outside.begin(delivery.id)
    lost = Failed("temporary", "timeout", may_have_arrived=True)
    outside.world.do(None, actions.note_failed, delivery.id, lost, tells_duplicates=False)
    assert outside.state(sent.id) == "unknown"
    outside.world.do(None, actions.retry, sent.id)
    assert outside.state(sent.id) == "queued"
    with pytest.raises(NothingToRetry):
        outside.world.do(None, actions.retry, sent.id)


def test_a_failure_that_passes_is_given_up_after_twelve_attempts(outside: Outside, clock: Clock) -> None:
    sent = outside.goes(outside.comes())
    outside.clear()
    (delivery,) = outside.deliveries(sent.id)
    outside.world.do(None, lambda tx: setattr(tx.lock(Delivery, delivery.id)[0], "state", "queued"))
    attempts = 0
    while outside.state(sent.id) != "failed":
        clock.advance(600)
        assert outside.begin(delivery.id) is not None
        outside.world.do(None, actions.note_failed, delivery.id, Failed("temporary", "busy"), tells_duplicates=True)
        attempts += 1
    assert attempts <= 12


def test_reports_count_once_in_whatever_order_they_come(outside: Outside) -> None:
    sent = outside.goes(outside.comes())
    outside.clear()
    (delivery,) = outside.deliveries(sent.id)
    for state, then in (("read", "read"), ("delivered", "read"), ("sent", "read"), ("failed", "read")):
        outside.hear(Reported(external_id=f"x-{delivery.id}", state=state))  # type: ignore[arg-type]
        assert outside.state(sent.id) == then


def test_why_it_did_not_arrive_is_said_with_the_message_until_it_goes(outside: Outside) -> None:
    sent = outside.goes(outside.comes())
    (delivery,) = outside.deliveries(sent.id)

    def failure() -> Any:
        return (next(row.details for row in outside.world.all(Message) if row.id == sent.id) or {}).get("failure")

    outside.begin(delivery.id)
    held_back = Failed.by(Reason.HELD_BACK, "Meta chose not to deliver", code="131049")
    outside.world.do(None, actions.note_failed, delivery.id, held_back, tells_duplicates=True)
    told = {"kind": "permanent", "reason": "held_back", "detail": "Meta chose not to deliver"}
    assert (outside.state(sent.id), failure()) == ("failed", told)
    outside.world.do(None, actions.retry, sent.id)
    assert failure() == told
    outside.begin(delivery.id)
    outside.world.do(None, actions.note_sent, delivery.id, "x1")
    assert (outside.state(sent.id), failure()) == ("sent", None)
    outside.hear(Reported(external_id="x1", state="failed", failure=Failed.by(Reason.OPTED_OUT)))
    assert (outside.state(sent.id), failure()) == ("failed", {"kind": "blocked", "reason": "opted_out"})


def test_who_gets_no_copy_is_said_with_the_message_until_it_goes_again(outside: Outside) -> None:
    sent = outside.goes(outside.comes())
    (delivery,) = outside.deliveries(sent.id)

    def missed() -> Any:
        return (next(row.details for row in outside.world.all(Message) if row.id == sent.id) or {}).get("missed")

    outside.begin(delivery.id)
    outside.world.do(None, actions.note_sent, delivery.id, "x1")
    bo, eve = "bo@post.example", "eve@post.example"
    refused = {bo: Failed.by(Reason.NO_SUCH_ADDRESS, "550 no"), eve: Failed("temporary", "450 later")}
    outside.world.do(None, copies.note_missed, delivery.id, refused)
    told = [
        {"kind": "permanent", "reason": "no_such_address", "detail": "550 no", "address": bo},
        {"kind": "temporary", "detail": "450 later", "address": eve},
    ]
    assert (outside.state(sent.id), missed()) == ("sent", told)
    later = {bo: Failed.by(Reason.MAILBOX_FULL)}
    outside.world.do(None, copies.report_missed, outside.channel, "x1", later)
    outside.world.do(None, copies.report_missed, outside.channel, "somebody else's", later)
    assert missed() == [told[1], {"kind": "temporary", "reason": "mailbox_full", "address": bo}]
    outside.hear(Reported(external_id="x1", state="failed", failure=Failed("permanent")))
    assert len(missed()) == 2
    outside.world.do(None, actions.retry, sent.id)
    assert missed() is None


def test_a_report_that_is_quicker_than_our_note_waits_for_it(outside: Outside) -> None:
    sent = outside.goes(outside.comes())
    (delivery,) = outside.deliveries(sent.id)
    outside.begin(delivery.id)
    with pytest.raises(NotYet):
        outside.hear(Reported(external_id="x-1", state="delivered"))
    outside.world.do(None, actions.note_sent, delivery.id, "x-1")
    outside.hear(Reported(external_id="x-1", state="delivered"))
    assert outside.state(sent.id) == "delivered"
    outside.clear()
    outside.hear(Reported(external_id="somebody else's", state="read"))


def test_what_was_sent_until_then_is_read(outside: Outside, clock: Clock) -> None:
    id = outside.comes()
    early = outside.goes(id, "early")
    outside.clear()
    clock.advance(60)
    then = clock.now
    clock.advance(60)
    late = outside.goes(id, "late")
    outside.clear()
    outside.hear(ReadUpTo(who=KIM, at=then))
    assert (outside.state(early.id), outside.state(late.id)) == ("read", "sent")


def test_only_the_first_unsent_of_a_conversation_is_due(outside: Outside, clock: Clock) -> None:
    id = outside.comes()
    outside.clear()
    first, second = outside.goes(id, "first"), outside.goes(id, "second")
    assert outside.world.see(queries.due, outside.channel, 10) == [outside.deliveries(first.id)[0].id]
    outside.begin(outside.deliveries(first.id)[0].id)
    assert outside.world.see(queries.due, outside.channel, 10) == []
    busy = Failed("temporary", "busy", retry_after=60)
    outside.world.do(None, actions.note_failed, outside.deliveries(first.id)[0].id, busy, tells_duplicates=True)
    assert (
        outside.world.see(queries.with_work) == []
    )  # the second waits for the first, and nobody looks again and again
    clock.advance(61)
    assert outside.world.see(queries.with_work) == [(outside.world.workspace_id, outside.channel)]
    outside.begin(outside.deliveries(first.id)[0].id)
    outside.world.do(None, actions.note_sent, outside.deliveries(first.id)[0].id, "x")
    assert outside.world.see(queries.due, outside.channel, 10) == [outside.deliveries(second.id)[0].id]


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have the channel be able to do something else."""

    def change(**capabilities: Any) -> None:
        kind = KINDS["api"]
        other = replace(kind, capabilities=replace(kind.capabilities, **capabilities))
        monkeypatch.setattr("helpline.channels.kinds.KINDS", {**KINDS, "api": other})

    return change


def test_when_the_window_is_closed_neither_people_nor_machines_write(
    outside: Outside, clock: Clock, able: Callable[..., None]
) -> None:
    able(reply_window=timedelta(hours=24))
    id = outside.comes()
    outside.clear()
    assert outside.goes(id)
    outside.clear()
    until = outside.world.conversation(id).reply_until
    assert until is not None
    assert timedelta(hours=23, minutes=59) < until - clock.now <= timedelta(hours=24)
    clock.advance(24 * 3600)
    with pytest.raises(WindowClosed):
        outside.goes(id)
    outside.world.close(outside.agent, id)
    automatic = [row for row in outside.world.all(Delivery) if row.created_at > until]
    assert {(row.state, row.failure) for row in automatic} <= {("failed", "window_closed")}
    again = outside.comes("Me again")
    assert outside.goes(again)


def test_who_cannot_be_written_to_is_not(outside: Outside) -> None:
    id = outside.comes()
    point = next(row for row in outside.world.all(ContactPoint) if row.address == "kim")
    outside.world.do(None, lambda tx: setattr(tx.lock(ContactPoint, point.id)[0], "unreachable", "blocked"))
    with pytest.raises(ContactUnreachable):
        outside.goes(id)


def test_who_wants_to_hear_no_more_is_seen_so_at_once(outside: Outside) -> None:
    id = outside.comes()

    def version() -> int:
        return next(row.version for row in outside.world.all(Conversation) if row.id == id)

    before = version()
    outside.hear(Reachable(who=KIM, reachable=False, why="opted_out"))
    gone = version()
    outside.hear(Reachable(who=KIM, reachable=False, why="opted_out"))
    assert (before < gone, version()) == (True, gone)
    with pytest.raises(ContactUnreachable):
        outside.goes(id)
    outside.hear(Reachable(who=KIM, reachable=True, why="opted_in"))
    assert version() > gone
    assert outside.goes(id).text == "Hi"


def test_a_file_that_the_channel_does_not_take_is_refused_before_it_is_sent(
    outside: Outside, able: Callable[..., None]
) -> None:
    able(files={"image/": 1000})
    id = outside.comes()
    for media_type, size, taken in (("image/png", 10, True), ("image/png", 2000, False), ("text/plain", 1, False)):
        file = outside.world.do(outside.agent, _upload, media_type, size)
        said = MessageIn(id=new_id(), file_ids=[file], anyway=True)
        if taken:
            outside.world.do(outside.agent, answering.send, id, said)
            continue
        with pytest.raises(FileNotTaken) as refused:
            outside.world.do(outside.agent, answering.send, id, said)
        assert refused.value.field == "file_ids"


def test_a_web_chat_has_no_deliveries(world: World) -> None:
    agent = world.agent()
    conversation = world.write(world.visitor()).conversation_id
    world.answer(agent, conversation)
    assert world.all(Delivery) == []


def test_the_kinds_of_channels_are_known_by_what_they_can_do() -> None:
    assert KINDS["webchat"] == Kind(capabilities=Capabilities(cards=True, begins=True, choices=10))


def _upload(tx: Tx, media_type: str, size: int) -> str:
    file = File(workspace_id=tx.workspace_id, id=new_id(), name="a", media_type=media_type, size=size, url="/files/x")
    file.uploader_kind, file.uploader_id, file.created_at, file.state = "agent", tx.actor.id, tx.now, "uploaded"
    add_file(tx, file)
    return file.id


@pytest.mark.parametrize("lost", [True, False])
def test_what_went_by_a_token_that_is_good_once_is_never_repeated_by_itself(outside: Outside, lost: bool) -> None:
    id = outside.comes()
    outside.clear()
    until = outside.world.do(None, lambda tx: tx.now.timestamp()) + 60
    outside.hear(Said(external_id="2", who=KIM, text="And?", reply_with={"token": "r", "until": until}))
    first, second = outside.goes(id), outside.goes(id, "And this")
    (delivery,) = outside.deliveries(first.id)
    begun = outside.begin(delivery.id)
    assert begun is not None
    assert begun.reply_with["token"] == "r"
    if lost:
        failed = Failed("temporary", "timeout", may_have_arrived=True)
        outside.world.do(None, actions.note_failed, delivery.id, failed, tells_duplicates=True)
    else:
        outside.world.do(None, actions.recover, outside.channel, tells_duplicates=True)
    assert outside.state(first.id) == "unknown"
    (delivery,) = outside.deliveries(second.id)
    begun = outside.begin(delivery.id)
    assert begun is not None
    assert begun.reply_with == {}
    outside.world.do(None, actions.recover, outside.channel, tells_duplicates=True)
    assert outside.state(second.id) == "queued"


def test_what_may_have_arrived_under_our_key_goes_under_it_again_and_not_by_a_token_that_came_since(
    outside: Outside,
) -> None:
    id = outside.comes()
    outside.clear()
    first = outside.goes(id)
    (delivery,) = outside.deliveries(first.id)
    begun = outside.begin(delivery.id)
    assert begun is not None
    assert begun.reply_with == {}
    until = outside.world.do(None, lambda tx: tx.now.timestamp()) + 60
    outside.hear(Said(external_id="2", who=KIM, text="And?", reply_with={"token": "r", "until": until}))
    outside.world.do(None, actions.recover, outside.channel, tells_duplicates=True)
    again = outside.begin(delivery.id)
    assert again is not None
    assert (again.key, again.reply_with) == (begun.key, {})
    outside.world.do(None, actions.note_sent, delivery.id, "x")
    (delivery,) = outside.deliveries(outside.goes(id, "And this").id)
    begun = outside.begin(delivery.id)
    assert begun is not None
    assert begun.reply_with["token"] == "r"


def test_who_was_only_an_address_is_called_by_their_name_as_soon_as_it_is_known(outside: Outside) -> None:
    outside.hear(Said(external_id="m1", who=Who(address="u7"), text="Hello"))
    (conversation,) = outside.world.all(Conversation)
    outside.goes(conversation.id)
    outside.hear(Said(external_id="m2", who=Who(address="u7", name="Ana"), text="Are you there?"))
    (record,) = outside.world.all(ServiceRecord)
    assert [row.contact_name for row in outside.world.all(Conversation)] == ["Ana"]
    assert record.contact_name == "Ana"
    outside.hear(Said(external_id="m3", who=Who(address="u7", name="Ana G."), text="?"))
    assert [row.contact_name for row in outside.world.all(Conversation)] == ["Ana"]


@pytest.mark.parametrize(
    "event",
    [Edited(external_id="m9", who=KIM, text="x"), Deleted(external_id="m9"), Reacted(external_id="m9", who=KIM)],
)
def test_what_is_told_before_the_message_that_it_is_about_waits_for_it(outside: Outside, event: Any) -> None:
    outside.comes()
    with pytest.raises(NotYet):
        outside.hear(event)
    outside.comes(id="m9")
    outside.hear(event)
