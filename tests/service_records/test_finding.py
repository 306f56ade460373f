"""Finding service records by words: newest first over many days, with every filter, and never more than one may see."""

from datetime import timedelta
from typing import Any

import pytest

from helpline.conversations import serving
from helpline.core import Actor
from helpline.search import found, sifting
from helpline.service_records import ServiceRecord, listing
from helpline.service_records.listing import Filters
from tests.clock import Clock
from tests.make import World

DAYS = 14


@pytest.fixture
def records(world: World, clock: Clock) -> list[ServiceRecord]:
    """Two services a day for two weeks, by two agents in turn; the contact of every other day asks for a parcel."""
    agents = [world.agent(name, limit=50, ready=False) for name in ("Ann", "Bob")]
    for day in range(DAYS):
        for agent in agents:
            text = "Where is my parcel? 我要退貨" if day % 2 else "Hello there"
            talk = world.write(world.visitor(f"Visitor {day}"), text).conversation_id
            if day % 3 == 0:
                clock.advance(timedelta(days=1).total_seconds())  # nobody is there until the next day
            world.do(agent, lambda tx, talk=talk: serving.take(tx, talk).id)
            world.answer(agent, talk, "Order 4711")
            clock.advance(60)
        clock.advance(timedelta(days=1).total_seconds())
    world.index()
    return sorted(world.records(), key=lambda row: (row.started_at, row.id), reverse=True)


@pytest.fixture(params=["as it is", "looked up", "sifted", "short"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """By which way it is found."""
    limits = {"looked up": (1000, 500, 1, 30_000), "sifted": (0, 1, 2, 30_000), "short": (0, 2, 2, 2)}
    few, dear, step, farthest = limits.get(request.param, (1000, 500, 200, 30_000))
    monkeypatch.setattr(found, "FEW", few)
    monkeypatch.setattr(sifting, "DEAR", dear)
    monkeypatch.setattr(sifting, "STEP", step)
    monkeypatch.setattr(sifting, "FARTHEST", farthest)
    return str(request.param)


def _walk(world: World, actor: Actor | None, filters: Filters, sort: Any = "-started_at") -> list[str]:
    """All pages, one after the other."""
    met: list[str] = []
    at = None
    for _ in range(200):
        page = world.units.read_now(
            actor or Actor.system(world.workspace_id), lambda tx, at=at: _ids(listing.page(tx, filters, 3, at, sort))
        )
        met += page[0]
        at = page[1]
        if at is None:
            return met
    raise AssertionError("It has no end.")


def _ids(page: listing.Page) -> tuple[list[str], str | None]:
    return [row.id for row in page.rows], page.next


def test_words_are_found_newest_first_or_oldest_first(world: World, records: list[ServiceRecord], way: str) -> None:
    of_parcels = [row.id for row in records if int(row.contact_name.split()[1]) % 2]
    assert len(of_parcels) == DAYS
    for text in ("parcel", "parc", "退貨", "parcel 4711", "要退貨"):
        assert _walk(world, None, Filters(text=text)) == of_parcels, text
        assert _walk(world, None, Filters(text=text), "started_at") == of_parcels[::-1], text
    assert _walk(world, None, Filters(text="order")) == [row.id for row in records]
    assert _walk(world, None, Filters(text="hello parcel")) == []


def test_words_and_filters_hold_together(world: World, records: list[ServiceRecord], way: str) -> None:
    middle = records[len(records) // 2]
    ann = next(iter(world.agents.values()))
    of_parcels = [row for row in records if int(row.contact_name.split()[1]) % 2]
    for filters, fits in (
        ({"handler_id": [ann.id]}, lambda row: row.handler_id == ann.id),
        ({"created_from": middle.started_at}, lambda row: row.started_at >= middle.started_at),
        ({"created_to": middle.started_at}, lambda row: row.started_at < middle.started_at),
        ({"state": ["completed"]}, lambda row: False),
        ({"channel_kind": ["webchat"], "team_id": [world.team]}, lambda row: True),
    ):
        expected = [row.id for row in of_parcels if fits(row)]
        assert _walk(world, None, Filters(text="parcel", **filters)) == expected, filters


def test_nobody_finds_what_they_may_not_see(world: World, records: list[ServiceRecord], way: str) -> None:
    ann = next(iter(world.agents.values()))
    stranger = world.agent("Cy", teams=[], ready=False)
    assert _walk(world, stranger, Filters(text="order")) == []
    assert len(_walk(world, ann, Filters(text="order"))) == len(records)


def test_a_page_leads_back_to_the_one_before(world: World, records: list[ServiceRecord]) -> None:
    def pages(tx: Any) -> list[list[str]]:
        first = listing.page(tx, Filters(text="order"), 3)
        second = listing.page(tx, Filters(text="order"), 3, first.next)
        again = listing.page(tx, Filters(text="order"), 3, second.previous)
        return [[row.id for row in page.rows] for page in (first, second, again)]

    first, second, again = world.see(pages)
    assert first == again == [row.id for row in records[:3]]
    assert second == [row.id for row in records[3:6]]
