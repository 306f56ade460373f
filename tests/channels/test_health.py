"""How a channel stands with its provider: what comes in counts as much as what goes out."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpline.app.settings import Settings
from helpline.channels import Channel
from helpline.channels.health import CALLS_REFUSED, is_news, note_health, note_heard, note_reading, note_refused
from helpline.channels.kind_shapes import StandingOut, standing_out
from helpline.channels.models import ChannelHealth
from helpline.core import Tx
from tests.clock import Clock
from tests.make import World


def standing(world: World) -> StandingOut:
    return standing_out(next(iter(world.all(ChannelHealth))))


@pytest.fixture
def channel(world: World) -> str:
    return world.all(Channel)[0].id


def test_what_is_heard_is_noted_once_a_minute_also_by_a_channel_that_was_never_tried(
    world: World, clock: Clock, channel: str
) -> None:
    world.do(None, note_heard, channel)
    first = standing(world).heard_at
    assert first is not None
    clock.advance(30)
    world.do(None, note_heard, channel)
    assert standing(world).heard_at == first
    clock.advance(31)
    world.do(None, note_heard, channel)
    assert (standing(world).heard_at or first) > first


def test_calls_that_are_turned_away_are_seen_until_a_proper_one_comes(world: World, clock: Clock, channel: str) -> None:
    world.do(None, note_refused, channel)
    since = standing(world)
    assert (since.ok, since.detail) == (False, CALLS_REFUSED)
    clock.advance(3600)
    assert not world.see(is_news, channel)
    world.do(None, note_refused, channel)
    world.do(None, lambda tx: note_health(tx, channel, ok=True).ok)  # what goes out works still
    assert standing(world) == since
    world.do(None, note_heard, channel)
    assert (standing(world).ok, standing(world).detail) == (True, "")


def test_that_mails_go_out_hides_nothing_of_what_is_not_read(world: World, clock: Clock, channel: str) -> None:
    world.do(None, note_reading, channel, "The folder 'Nowhere' cannot be opened")
    since = standing(world)
    assert (since.ok, since.detail) == (False, "The folder 'Nowhere' cannot be opened")
    clock.advance(60)
    world.do(None, lambda tx: note_health(tx, channel, ok=True).ok)
    assert standing(world) == since
    world.do(None, note_reading, channel)
    assert (standing(world).ok, standing(world).detail) == (True, "")


def test_strangers_who_knock_beside_proper_calls_are_no_news(world: World, clock: Clock, channel: str) -> None:
    world.do(None, note_heard, channel)
    clock.advance(9 * 60)
    assert not world.see(is_news, channel)
    world.do(None, note_refused, channel)
    assert standing(world).ok
    clock.advance(60)
    assert world.see(is_news, channel)


def test_what_comes_in_at_once_does_not_wait_for_what_is_noted_of_it(
    world: World, settings: Settings, channel: str
) -> None:
    if settings.is_embedded:
        pytest.skip("SQLite has one writer; nobody meets")
    world.do(None, note_heard, channel)
    held, may_commit = threading.Event(), threading.Event()

    def hear(tx: Tx) -> None:
        note_heard(tx, channel)
        held.set()
        assert may_commit.wait(60)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(world.do, None, hear)
        assert held.wait(60)
        try:
            pool.submit(world.do, None, note_heard, channel).result(60)
        finally:
            may_commit.set()
        first.result(60)
