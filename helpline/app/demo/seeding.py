"""Making the demo's workspace in an empty database, or finding it there."""

import random
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select

from helpline.channels import Channel
from helpline.core import Actor, Tx, new_id
from helpline.core.unit import Unit
from helpline.core.units import utc_now
from helpline.people import passwords
from helpline.people.queries import agents_with_email, any_workspace

from ..migrate import engine_of
from ..settings import Settings
from .cast import AGENTS, PASSWORD
from .days import Days, working_days
from .decisions import set_clocks
from .past import Past
from .workspace import set_up


class NotTheDemo(Exception):
    """There is another workspace in this database already."""


def seed(settings: Settings) -> str:
    """The public key of the shop's channel. An empty database is filled first, all of it or nothing."""
    engine = engine_of(settings)
    try:
        with engine.begin() as connection:
            unit = Unit(Actor("system", ""), _shop_key, (), {}, Future())
            return unit.perform(connection, utc_now, {}) or _fill(connection)
    finally:
        engine.dispose()


def _fill(connection: Connection) -> str:
    days = working_days(datetime.now().astimezone())
    past = Past(connection, new_id(), (days[0][0] - timedelta(days=1)).astimezone(UTC))
    workspace = past.do(None, set_up, passwords.hashed(PASSWORD))
    Days(past, workspace, random.Random(45)).fill(
        [(opens.astimezone(UTC), closes.astimezone(UTC)) for opens, closes in days]
    )
    past.run()
    past.do(None, set_clocks)
    return workspace.public_key


def _shop_key(tx: Tx) -> str:
    """The key of the demo's first channel; empty when the database is."""
    if not any_workspace(tx):
        return ""
    found = agents_with_email(tx, AGENTS[0][1])
    if not found:
        raise NotTheDemo
    _, home = found[0]
    rows = select(Channel.public_key).where(Channel.workspace_id == home.id)
    return str(tx.db.scalar(rows.order_by(Channel.created_at, Channel.id).limit(1)))
