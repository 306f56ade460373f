"""The list of service records: every filter, both orders, pages to and fro, and what each costs."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from helpline.conversations import Conversation, rating, serving
from helpline.core import Actor, Tx
from helpline.core.paging import BadCursor
from helpline.people import actions as people
from helpline.service_records import ServiceRecord, actions, listing
from helpline.service_records.listing import Filters
from tests.clock import Clock
from tests.make import World


@pytest.fixture
def records(world: World, clock: Clock) -> list[ServiceRecord]:
    """Eleven records of two agents in two teams, some at the same moment, some completed."""
    other = world.do(None, lambda tx: people.add_team(tx, name="Returns").id)
    ann, bob = world.agent("Ann", limit=50, ready=False), world.agent("Bob", limit=50, teams=[other], ready=False)
    result, reason = world.choices()
    for number in range(11):
        agent = (ann, bob)[number % 2]
        talk = world.write(world.visitor(f"Visitor {number}")).conversation_id
        world.do(ann, lambda tx, talk=talk: _take(tx, talk))
        if agent is bob:
            world.do(ann, lambda tx, talk=talk: _hand_over(tx, talk, bob.id))
        world.answer(agent, talk)
        if number % 3 == 0:
            record = next(row.id for row in world.records() if row.number == number + 1)
            given = {"result_id": result, "reason_ids": [reason]}
            world.do(agent, lambda tx, id=record, given=given: actions.complete(tx, id, **given).id)
        if number % 4 == 1:
            world.do(None, _rate, talk, 1 + number % 5)
        clock.advance(60 if number % 4 == 0 else 0)
    return sorted(world.records(), key=lambda row: (row.started_at, row.id), reverse=True)


def _take(tx: Tx, talk: str) -> str:
    return serving.take(tx, talk).id


def _rate(tx: Tx, talk: str, stars: int) -> int | None:
    rating.ask(tx, tx.get(Conversation, talk), by="agent")
    return rating.rate(tx, talk, stars=stars).stars


def _hand_over(tx: Tx, talk: str, agent_id: str) -> str:
    return serving.transfer(tx, talk, agent_id=agent_id, team_id=None).id


def _page(world: World, actor: Actor | None, filters: Filters, at: str | None, sort: Any = "-started_at") -> Any:
    def read(tx: Tx) -> Any:
        found = listing.page(tx, filters, 3, at, sort)
        return [row.id for row in found.rows], found.previous, found.next

    return world.units.read_now(actor or Actor.system(world.workspace_id), read)


def _walk(world: World, actor: Actor | None, filters: Filters, sort: Any = "-started_at") -> list[str]:
    """All pages to the end and back again; what was seen on the way."""
    pages, at = [], None
    while True:
        ids, previous, at = _page(world, actor, filters, at, sort)
        pages.append(ids)
        assert (previous is None) == (len(pages) == 1)
        if at is None:
            break
    for ids in reversed(pages[:-1]):
        back, previous, forth = _page(world, actor, filters, previous, sort)
        assert back == ids
        assert forth is not None
    assert previous is None
    return [id for ids in pages for id in ids]


def test_pages_lead_through_everything_once_and_back(world: World, records: list[ServiceRecord]) -> None:
    everything = [row.id for row in records]
    assert _walk(world, None, Filters()) == everything
    assert _walk(world, None, Filters(), "started_at") == everything[::-1]
    ended = sorted((row for row in records if row.ended_at), key=lambda row: (row.ended_at, row.id))
    assert _walk(world, None, Filters(), "ended_at") == [row.id for row in ended]
    assert _walk(world, None, Filters(), "-ended_at") == [row.id for row in ended][::-1]
    with pytest.raises(BadCursor):
        _page(world, None, Filters(), "nonsense")


WANTED: dict[str, Callable[[ServiceRecord], Any]] = {
    "state": lambda row: row.state,
    "handler_id": lambda row: row.handler_id,
    "team_id": lambda row: row.team_id,
    "result_id": lambda row: row.result_id,
    "category_id": lambda row: row.category_id,
    "owner_id": lambda row: row.owner_id,
    "channel_kind": lambda row: row.channel_kind,
    "contact_id": lambda row: row.contact_id,
    "rating": lambda row: row.rating,
}


@pytest.mark.parametrize("name", WANTED)
def test_a_filter_finds_what_has_one_of_its_values(world: World, records: list[ServiceRecord], name: str) -> None:
    values = sorted({WANTED[name](row) for row in records} - {None})
    strange = 9 if name == "rating" else "nothing of the kind"
    for chosen in (values, values[:1], [strange], [*values, strange]):
        fitting = [row.id for row in records if WANTED[name](row) in chosen]
        filters = Filters(**{name: chosen or [strange]})
        assert _walk(world, None, filters) == fitting
        assert world.see(listing.count, filters) == len(fitting)
        both = Filters(
            **{**filters.__dict__, "created_from": records[4].started_at, "created_to": records[0].started_at}
        )
        narrowed = [row for row in records if row.id in fitting and records[4].started_at <= row.started_at]
        assert _walk(world, None, both) == [row.id for row in narrowed if row.started_at < records[0].started_at]


def test_filters_hold_together_and_text_is_searched(world: World, records: list[ServiceRecord]) -> None:
    reason = next(row.reasons[0]["id"] for row in records if row.reasons)
    done = [row.id for row in records if row.state == "completed"]
    assert _walk(world, None, Filters(reason_id=[reason], state=["completed", "open"])) == done
    world.index()
    assert _walk(world, None, Filters(text="VISITOR 1")) == [
        row.id for row in records if row.contact_name == "Visitor 1"
    ]
    assert _walk(world, None, Filters(text="visit")) == [row.id for row in records]
    assert _walk(world, None, Filters(text="visit", state=["completed"])) == done
    assert _walk(world, None, Filters(text="100%_\\")) == _walk(world, None, Filters(text="%")) == []


def test_a_record_is_found_by_its_number(world: World, records: list[ServiceRecord]) -> None:
    by_number = {row.number: row.id for row in records}
    assert _walk(world, None, Filters(text="#1")) == [by_number[1]]
    assert _walk(world, None, Filters(text="#12")) == _walk(world, None, Filters(text="#1 ")) == []
    world.index()
    named = [row.id for row in records if row.contact_name == "Visitor 7" or row.number == 7]
    assert by_number[7] in named
    assert _walk(world, None, Filters(text="7")) == named
    assert _walk(world, None, Filters(text="9" * 400)) == _walk(world, None, Filters(text="#" + "9" * 400)) == []


def test_an_agent_sees_their_own_and_their_teams(world: World, records: list[ServiceRecord]) -> None:
    for agent in list(world.agents.values())[-2:]:
        teams = world.see(
            lambda tx, id=agent.id: __import__("helpline.people.queries", fromlist=["x"]).teams_of(tx, id)
        )
        mine = [row.id for row in records if row.handler_id == agent.id or row.team_id in teams]
        assert len(mine) > 0
        assert _walk(world, agent, Filters()) == mine
        open_ones = [row.id for row in records if row.id in mine and row.state == "open"]
        assert _walk(world, agent, Filters(state=["open"])) == open_ones
        assert world.units.read_now(agent, listing.count, Filters()) == len(mine)


def test_a_count_gives_up_in_time(world: World, records: list[ServiceRecord], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "COUNTED_TO", 5)
    assert world.see(listing.count, Filters()) == 6


def test_the_first_page_is_found_by_an_index_in_order_whatever_is_asked_for(
    world: World, records: list[ServiceRecord], database: str
) -> None:
    if database != "sqlite":
        pytest.skip("PostgreSQL plans by statistics, which a small table has not")
    chosen = {name: ["one", "two"] for name in WANTED}
    asked = [Filters(), Filters(**chosen), *(Filters(**{name: value}) for name, value in chosen.items())]
    asked += [Filters(reason_id=["one"]), Filters(created_from=records[3].started_at, created_to=records[0].started_at)]
    for actor in (None, next(iter(world.agents.values()))):
        for filters in asked:
            steps = _plan(world, actor, filters)
            reads = [step for step in steps if "service_record" in step]
            assert reads, filters
            assert all(step.startswith("SEARCH service_record USING") for step in reads), (filters, reads)
            # Once, to merge what the branches found; none of these is longer than a page.
            assert sum("TEMP B-TREE FOR ORDER BY" in step for step in steps) <= 1, (filters, steps)


def _plan(world: World, actor: Actor | None, filters: Filters) -> list[str]:
    def read(tx: Tx) -> list[str]:
        said: list[tuple[str, Any]] = []

        def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            said.append((statement, parameters))

        event.listen(tx.connection, "before_cursor_execute", hear)
        listing.page(tx, filters, 50)
        event.remove(tx.connection, "before_cursor_execute", hear)
        found = next((sql, values) for sql, values in said if "started_at AS at" in sql)
        return [str(row[3]) for row in tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {found[0]}", found[1])]

    return world.units.read_now(actor or Actor.system(world.workspace_id), read)
