"""What providers tell twice, or late, or in disorder: it ends as if each had been told once, in order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpline.channels import Channel
from helpline.channels.contract import Capabilities
from helpline.channels.inbound import OPTED_OUT, Deleted, Edited, Event, Reachable, Reacted, Said, Who
from helpline.channels.sms.words import with_wish
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message
from helpline.core import Units, new_id
from helpline.files import File
from helpline.intake import foretold, hearing
from helpline.intake.hearing import NotYet, ToFetch, hear
from tests.clock import Clock
from tests.delivery.test_delivering import KIM, Outside
from tests.make import World, make_world

DAY = timedelta(hours=24)


@pytest.fixture
def outside(world: World) -> Outside:
    return Outside(world)


@pytest.fixture
def windowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Contacts can be answered for a day."""
    monkeypatch.setattr(hearing, "can", lambda kind: Capabilities(reply_window=DAY))


def texts(outside: Outside) -> dict[str, str]:
    return {row.external_id: row.text for row in outside.world.all(Message) if row.external_id}


def signs(outside: Outside) -> list[str]:
    kept = [row.details or {} for row in outside.world.all(Message)]
    return [one["emoji"] for details in kept for one in details.get("reactions", [])]


def point(outside: Outside) -> ContactPoint:
    return next(row for row in outside.world.all(ContactPoint) if row.address == KIM.address)


def test_a_message_that_is_known_makes_no_files(outside: Outside) -> None:
    for _ in range(3):
        ref = {"url": "https://app.example/a"}
        file = ToFetch(id=new_id(), url="/files/x", name="a.jpg", media_type="image/jpeg", size=1000, ref=ref)

        def deliver(tx: Any, file: ToFetch = file) -> None:
            said = Said(external_id="picture", who=KIM)
            hear(tx, tx.get(Channel, outside.channel), said, [file], tx.now)

        outside.world.do(None, deliver)
    assert len(outside.world.all(File)) == 1


def test_an_older_message_that_comes_late_leaves_the_window_open(
    outside: Outside, clock: Clock, windowed: None
) -> None:
    now = clock.now
    outside.hear(Said(external_id="new", who=KIM, text="new", at=now))
    outside.hear(Said(external_id="old", who=KIM, text="old", at=now - timedelta(hours=23, minutes=59)))
    (conversation,) = outside.world.all(Conversation)
    assert conversation.reply_until == now + DAY


def test_an_older_change_of_a_message_undoes_no_newer_one(outside: Outside, clock: Clock) -> None:
    now = clock.now
    outside.hear(Said(external_id="m", who=KIM, text="a", at=now))
    clock.advance(60)
    for seconds, text in ((1, "b"), (2, "c"), (1, "b")):
        outside.hear(Edited(external_id="m", who=KIM, text=text, at=now + timedelta(seconds=seconds)))
    assert texts(outside)["m"] == "c"
    for seconds, emoji in ((3, "👍"), (4, ""), (3, "👍")):
        outside.hear(Reacted(external_id="m", who=KIM, emoji=emoji, at=now + timedelta(seconds=seconds)))
    assert signs(outside) == []


def test_a_change_back_to_what_stood_there_is_newer_than_what_it_took_back(outside: Outside, clock: Clock) -> None:
    now = clock.now
    outside.hear(Said(external_id="m", who=KIM, text="a", at=now))
    clock.advance(60)
    for seconds, text in ((2, "a"), (1, "b")):
        outside.hear(Edited(external_id="m", who=KIM, text=text, at=now + timedelta(seconds=seconds)))
    assert texts(outside)["m"] == "a"


def test_who_blocked_us_before_they_wrote_has_not_blocked_us(outside: Outside, clock: Clock) -> None:
    now = clock.now
    clock.advance(60)
    outside.hear(Said(external_id="m", who=KIM, text="I am back", at=now + timedelta(seconds=2)))
    outside.hear(Reachable(who=KIM, reachable=False, why="blocked", at=now + timedelta(seconds=1)))
    assert point(outside).unreachable == ""
    outside.hear(Reachable(who=KIM, reachable=False, why="blocked", at=now + timedelta(seconds=4)))
    outside.hear(Reachable(who=KIM, reachable=True, why="followed", at=now + timedelta(seconds=3)))
    outside.hear(Said(external_id="m", who=KIM, text="I am back", at=now + timedelta(seconds=2)))
    assert point(outside).unreachable == "blocked"


def test_a_wish_that_is_told_again_counts_from_when_it_was_told_first(outside: Outside) -> None:
    stop, start = (with_wish(Said(external_id=word, who=KIM, text=word)) for word in ("STOP", "START"))
    for event in (*stop, *start, *stop):
        outside.hear(event)
    assert point(outside).unreachable == ""
    for event in (*with_wish(Said(external_id="again", who=KIM, text="STOP")), *start):
        outside.hear(event)
    assert point(outside).unreachable == OPTED_OUT


def test_a_token_that_was_used_does_not_come_back(outside: Outside, clock: Clock) -> None:
    now = clock.now
    until = now.timestamp() + 3600
    newest = Said(external_id="2", who=KIM, text="b", at=now, reply_with={"token": "second", "until": until})
    outside.hear(newest)
    before = now - timedelta(seconds=5)
    outside.hear(Said(external_id="1", who=KIM, text="a", at=before, reply_with={"token": "first", "until": until}))
    assert point(outside).reply_with["token"] == "second"
    outside.clear()
    assert point(outside).reply_with == {}
    outside.hear(newest)
    sent = outside.goes(next(iter(outside.world.all(Conversation))).id)
    (delivery,) = outside.deliveries(sent.id)
    begun = outside.begin(delivery.id)
    assert begun is not None
    assert begun.reply_with == {}


def test_a_clock_that_runs_ahead_decides_nothing_of_what_comes_after(outside: Outside, clock: Clock) -> None:
    outside.hear(Said(external_id="m", who=KIM, text="a"))
    for year, text in ((9000, "b"), (8000, "c")):
        outside.hear(Edited(external_id="m", who=KIM, text=text, at=datetime(year, 1, 1, tzinfo=UTC)))
    assert texts(outside)["m"] == "c"


def test_when_a_message_was_written_is_said_where_it_came_much_later(outside: Outside, clock: Clock) -> None:
    now = clock.now
    outside.hear(Said(external_id="late", who=KIM, text="a", at=now - timedelta(hours=1)))
    outside.hear(Said(external_id="at once", who=KIM, text="b", at=now - timedelta(seconds=1)))
    kept = {row.external_id: row.details for row in outside.world.all(Message) if row.author_kind == "contact"}
    assert datetime.fromisoformat(kept["late"]["written_at"]) == now - timedelta(hours=1)
    assert kept["at once"] is None


MADE: list[Callable[[int, datetime], Event]] = [
    lambda n, at: Said(external_id=f"m{n}", who=KIM, text=f"m{n}", at=at, reply_with={"token": at.isoformat()}),
    lambda n, at: Edited(external_id=f"m{n}", who=KIM, text=f"{n} at {at}", at=at),
    lambda n, at: Edited(external_id=f"m{n}", who=KIM, text=f"m{n}", at=at),
    lambda n, at: Reacted(external_id=f"m{n}", who=KIM, emoji="👍", at=at),
    lambda n, at: Reacted(external_id=f"m{n}", who=KIM, emoji="", at=at),
    lambda n, at: Reacted(external_id=f"m{n}", who=Who(address="lee"), emoji="🎉", at=at),
    lambda n, at: Deleted(external_id=f"m{n}"),
    lambda n, at: Reachable(who=KIM, reachable=True, why="followed", at=at),
    lambda n, at: Reachable(who=KIM, reachable=False, why="blocked", at=at),
]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """What happened, one thing a minute; and the same three times, in disorder."""
    begun = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    happened = draw(st.lists(st.tuples(st.sampled_from(MADE[1:]), st.integers(0, 2)), max_size=8))
    drawn = [(MADE[0], n) for n in range(3)] + happened
    events = [make(n, begun + timedelta(minutes=minute)) for minute, (make, n) in enumerate(drawn)]
    return events, draw(st.permutations(events * 3))


def tell(outside: Outside, events: list[Event], *, patiently: bool = True) -> Any:
    """Take in events, those first whose turn it is, or what is too early is kept; how all stands after that."""
    left = list(events)
    while left:
        waiting = []
        for event in left:
            try:
                outside.hear(event)
            except NotYet:
                if patiently or isinstance(event, Reacted):
                    waiting.append(event)
                else:
                    outside.world.do(None, lambda tx, event=event: foretold.keep(tx, outside.channel, event, tx.now))
        assert len(waiting) < len(left)
        left = waiting
    kim = point(outside)
    stood = {row.external_id: row for row in outside.world.all(Message) if row.external_id}
    return (
        {id: (row.text, (row.details or {}).get("deleted_at") is not None) for id, row in stood.items()},
        sorted(signs(outside)),
        (kim.unreachable, kim.reply_with, kim.heard_at),
        [row.reply_until for row in outside.world.all(Conversation)],
    )


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(histories())
def test_a_history_told_three_times_in_disorder_ends_as_it_was(
    units: Units, clock: Clock, windowed: None, told: tuple[list[Event], list[Event]]
) -> None:
    clock.now = max(clock.now, datetime(2026, 3, 3, tzinfo=UTC))
    plain, shuffled = told
    once = tell(Outside(make_world(units)), plain)
    assert tell(Outside(make_world(units)), shuffled) == once
    assert tell(Outside(make_world(units)), shuffled, patiently=False) == once
