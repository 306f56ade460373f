"""Files that contacts sent by a channel outside: fetched, fetched later, given up, and asked for again."""

from datetime import timedelta
from typing import Any

import pytest

from helpline.app.lines import fetching
from helpline.channels import Channel
from helpline.channels.contract import Failed, Fetched
from helpline.channels.inbound import Said
from helpline.channels.models import ChannelHealth
from helpline.conversations import Message
from helpline.core import Tx, new_id
from helpline.files import File, actions, queries
from helpline.files.actions import NothingToFetch
from helpline.files.rules import LONGEST_PAUSE
from helpline.intake.hearing import ToFetch, hear
from helpline.people import Workspace
from tests.clock import Clock
from tests.delivery.test_delivering import KIM, Outside
from tests.make import World

SIZE = 1000


@pytest.fixture
def outside(world: World) -> Outside:
    return Outside(world)


@pytest.fixture
def file(outside: Outside) -> str:
    """A picture that Kim sent, which is still with the provider."""
    ref = {"url": "https://app.example/a"}
    sent = ToFetch(id=new_id(), url="/files/x", name="a.jpg", media_type="image/jpeg", size=SIZE, ref=ref)

    def deliver(tx: Tx) -> None:
        hear(tx, tx.get(Channel, outside.channel), Said(external_id="m", who=KIM), [sent], tx.now)

    outside.world.do(None, deliver)
    return sent.id


def row(outside: Outside, id: str) -> File:
    return next(one for one in outside.world.all(File) if one.id == id)


def due(outside: Outside) -> list[str]:
    return outside.world.see(lambda tx: [one.id for one in queries.awaited(tx, outside.channel, 9)])


def fail(outside: Outside, id: str, failed: Failed) -> None:
    outside.world.do(None, fetching._put_off, id, failed)


def shown(outside: Outside) -> dict[str, Any]:
    message = next(one for one in outside.world.all(Message) if one.external_id == "m")
    (drawn,) = message.files
    return dict(drawn)


def used(outside: Outside) -> int:
    return outside.world.see(lambda tx: tx.db.get_one(Workspace, tx.workspace_id).storage_used)


def test_what_cannot_be_fetched_for_now_is_fetched_later_and_for_more_than_a_day(
    outside: Outside, file: str, clock: Clock
) -> None:
    began, pauses = clock.now, []
    while row(outside, file).state == "awaited":
        assert due(outside) == [file]
        fail(outside, file, Failed("temporary", "HTTP 503"))
        assert due(outside) == []
        if (then := row(outside, file).due_at) is not None:
            pauses.append(then - clock.now)
            clock.now = then
    assert clock.now - began > timedelta(days=1)
    assert pauses[0] < pauses[2] < pauses[5] < pauses[8]
    assert max(pauses) < LONGEST_PAUSE * 1.5
    assert (shown(outside)["state"], shown(outside)["trouble"]) == ("missing", "HTTP 503")


def test_a_provider_that_says_when_is_not_asked_before(outside: Outside, file: str, clock: Clock) -> None:
    fail(outside, file, Failed("temporary", "still preparing", retry_after=300.0))
    clock.advance(299)
    assert due(outside) == []
    clock.advance(2)
    assert due(outside) == [file]


def test_what_is_refused_for_good_is_given_up_at_once_and_can_be_asked_for_again(outside: Outside, file: str) -> None:
    fail(outside, file, Failed("permanent", "too_large"))
    assert (shown(outside)["state"], shown(outside)["trouble"]) == ("missing", "too_large")
    outside.world.do(outside.agent, actions.ask_again, file)
    assert due(outside) == [file]
    outside.world.do(None, fetching._arrived, file, Fetched(content=b"\xff\xd8\xff" + b"0" * 97), None)
    assert (shown(outside)["state"], shown(outside)["size"]) == ("here", 100)
    with pytest.raises(NothingToFetch):
        outside.world.do(outside.agent, actions.ask_again, file)


def test_refused_credentials_are_seen_on_the_channel_until_a_file_comes_again(outside: Outside, file: str) -> None:
    def health() -> bool:
        return all(one.ok for one in outside.world.all(ChannelHealth) if one.id == outside.channel)

    fail(outside, file, Failed("auth", "token expired"))
    assert not health()
    outside.world.do(None, fetching._arrived, file, Fetched(content=b"hello"), None)
    assert health()


def test_what_is_not_here_takes_up_no_room(outside: Outside, file: str) -> None:
    assert used(outside) == 0
    outside.world.do(None, fetching._arrived, file, Fetched(content=b"hello"), None)
    assert used(outside) == 5


def test_there_is_room_up_to_the_limit(outside: Outside) -> None:
    outside.world.do(None, lambda tx: setattr(tx.db.get_one(Workspace, tx.workspace_id), "storage_limit", 10))
    assert outside.world.see(queries.has_room, 10)
    assert not outside.world.see(queries.has_room, 11)
