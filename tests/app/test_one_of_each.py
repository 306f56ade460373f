"""One name once: two at once get it and a refusal that names the field, and the doubles of before are renamed."""

import importlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from helpline.app.settings import Settings
from helpline.canned_responses import actions as canned
from helpline.canned_responses.actions import ShortcutTaken
from helpline.canned_responses.models import CannedResponse
from helpline.channels import Category, Channel
from helpline.channels import actions as channels
from helpline.core import Conflict, Tx
from helpline.people import BreakReason, Team, actions, workspace
from helpline.service_records import Reason, choices
from tests.make import World

ADD: dict[str, Callable[[Tx, str], Any]] = {
    "team": lambda tx, _: actions.add_team(tx, name="Same"),
    "category": lambda tx, team: channels.add_category(tx, name="Same", team_id=team),
    "owner": lambda tx, _: channels.add_owner(tx, name="Same"),
    "result": lambda tx, _: choices.add_result(tx, label="Same"),
    "heading": lambda tx, _: choices.add_reason(tx, label="Same"),
    "break reason": lambda tx, _: workspace.add_break_reason(tx, label="Same"),
    "own": lambda tx, _: canned.add(tx, shortcut="same", title="Same", text="Same"),
    "for all": lambda tx, _: canned.add(tx, shortcut="same", title="Same", text="Same", shared_with="everybody"),
    "for teams": lambda tx, team: canned.add(
        tx, shortcut="same", title="Same", text="Same", shared_with="teams", team_ids=[team]
    ),
}
FIELDS = {"result": "label", "heading": "label", "break reason": "label"}


@pytest.mark.parametrize("kind", ADD)
def test_of_two_at_once_one_is_refused_and_told_the_field(world: World, settings: Settings, kind: str) -> None:
    both_looked, first = threading.Barrier(1 if settings.is_embedded else 2), threading.local()
    agent = world.agent(role="administrator")

    def add(tx: Tx) -> str:
        if not getattr(first, "over", False):  # both see that the name is free, unless one waits for the other
            first.over = True
            tx.db.execute(sa.select(sa.literal(1)))
            both_looked.wait(60)
        return str(ADD[kind](tx, world.team).id)

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(world.do, agent, add) for _ in range(2)]
        refused = [one.exception(20) for one in done]
    [error] = [one for one in refused if one is not None]
    assert isinstance(error, Conflict)
    assert error.field == FIELDS.get(kind, "name" if kind in {"team", "category", "owner"} else "shortcut")


def test_a_shortcut_that_is_taken_is_refused_in_words_also_when_one_is_changed(world: World) -> None:
    agent = world.agent(role="administrator")
    given = {"title": "Hi", "text": "Hello", "shared_with": "everybody"}
    world.do(agent, lambda tx: canned.add(tx, shortcut="hi", **given).id)
    other = world.do(agent, lambda tx: canned.add(tx, shortcut="hello", **given).id)
    with pytest.raises(ShortcutTaken):
        world.do(agent, lambda tx: canned.change(tx, other, shortcut="HI").id)
    world.do(agent, lambda tx: canned.change(tx, other, active=False, shortcut="hi").id)
    with pytest.raises(ShortcutTaken):
        world.do(agent, lambda tx: canned.change(tx, other, active=True).id)


def test_doubles_of_before_are_renamed_and_none_is_lost(world: World, settings: Settings) -> None:
    migration = importlib.import_module("helpline.migrations.versions.0021_one_of_each_name")
    agent = world.agent()
    before = {row.id for row in world.all(BreakReason)}
    engine = sa.create_engine(settings.url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        for name, *_ in migration.INDEXES:
            connection.execute(sa.text(f"DROP INDEX {name}"))
        for number in range(3):
            _insert(connection, world, BreakReason, f"b{number}", label="Tea", position=0, active=True)
            _insert(connection, world, Reason, f"r{number}", label="x" * 120, description="", position=0, active=True)
            for shared in ("me", "everybody"):
                mine = {"shortcut": "hi", "title": "Hi", "text": "Hi", "language": "", "shared_with": shared, "used": 0}
                _insert(connection, world, CannedResponse, f"{shared}{number}", agent_id=agent.id, active=True, **mine)
        team, off = {"active": False}, sa.update(Category).values(active=False)
        connection.execute(sa.update(Team).values(**team))
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()
        assert connection.execute(sa.select(Team.active)).scalars().all() == [True]
        connection.execute(off)
        for name, *_ in migration.INDEXES:
            connection.execute(sa.text(f"DROP INDEX {name}"))
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()
    engine.dispose()
    assert sorted(row.label for row in world.all(BreakReason) if row.id not in before) == ["Tea", "Tea-2", "Tea-3"]
    long = sorted(row.label for row in world.all(Reason) if row.label.startswith("x"))
    assert long == sorted(["x" * 120, "x" * 112 + "-2", "x" * 112 + "-3"])
    canned_ones = [row for row in world.all(CannedResponse) if row.id[:-1] in {"me", "everybody"}]
    assert sorted(row.shortcut for row in canned_ones) == ["hi", "hi", "hi-2", "hi-2", "hi-3", "hi-3"]
    assert [row.active for row in world.all(Channel)] == [False]


def _insert(connection: sa.Connection, world: World, model: Any, id: str, **values: Any) -> None:
    lists = {name: [] for name in ("category_ids", "team_ids") if name in model.__table__.columns}
    row = {"workspace_id": world.workspace_id, "id": id, **lists, **values}
    connection.execute(sa.insert(model), row)
