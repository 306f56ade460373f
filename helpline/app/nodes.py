"""Nodes of one installation: each says that it lives; desks of one that died are counted as lost.

Who lives is judged by the database's clock alone, so that nodes whose own clocks differ do not take each other for dead.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Actor, Model, Tx, Units
from helpline.people import presence
from helpline.people.models import Connection

from . import leases

log = structlog.get_logger()

BEAT = 2.0
SILENT_AFTER = 8.0
"""Seconds after which others may take up what a node was at: no harm is done if it comes back."""
DEAD_AFTER = 20.0
"""Seconds after which its desks count as lost."""
NOBODY = Actor("system", "")
CLOCKS_MAY_DIFFER = 1.0
"""Seconds. Timers are set by one node's clock and may be run by another's, so they are early or late by the difference."""


class Node(Model):
    """One running process."""

    __tablename__ = "node"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seen_at: Mapped[datetime]


class Pulse(NamedTuple):
    """What a node finds when it says that it lives."""

    was_there: bool
    """Whether the others still counted on it."""
    ahead: float
    """Seconds by which its clock is ahead of the database's."""


async def beat(units: Units, node_id: str, *, alone: bool, counted_as_dead: Callable[[], None]) -> None:
    """Say that this node lives and sweep after the dead, until cancelled; once, when there can be no other (``alone``)."""
    last, is_warned = time.monotonic(), False
    while True:
        try:
            # After a pause it is not the time to judge: if the database was away, nobody else could say that they live.
            may_sweep = alone or time.monotonic() - last < DEAD_AFTER
            pulse = await units.run(NOBODY, say_alive, node_id, alone=alone, sweep=may_sweep)
            last = time.monotonic()
            if not pulse.was_there:
                log.warning("the other nodes took this one for dead; its desks come back anew")
                counted_as_dead()
            if abs(pulse.ahead) > CLOCKS_MAY_DIFFER and not is_warned:
                log.warning("the clocks of this node and of the database differ", seconds=round(pulse.ahead, 1))
                is_warned = True
            for workspace_id, connection_id in await units.read(NOBODY, left_behind) if may_sweep else ():
                await units.run(Actor.system(workspace_id), presence.disconnect, connection_id)
            if alone:
                return
        except Exception:
            log.exception("the heartbeat stumbled")
        await asyncio.sleep(BEAT)


def say_alive(tx: Tx, node_id: str, *, alone: bool, sweep: bool = False) -> Pulse:
    """Renew this node's row, and drop those of the dead; first of all, before anybody can connect."""
    now = tx.now if alone else tx.db.scalar(select(func.now())) or tx.now
    if sweep:
        others = delete(Node).where(Node.id != node_id)
        tx.execute(others if alone else others.where(Node.seen_at < now - timedelta(seconds=DEAD_AFTER)))
        if not alone:
            leases.free(tx, select(Node.id).where(Node.seen_at < now - timedelta(seconds=SILENT_AFTER)))
    was_there = tx.db.get(Node, node_id) is not None
    tx.db.merge(Node(id=node_id, seen_at=now))
    return Pulse(was_there, (tx.now - now).total_seconds())


def left_behind(tx: Tx) -> list[tuple[str, str]]:
    """(workspace, connection) of desks whose node is gone, over all workspaces."""
    lost = select(Connection.workspace_id, Connection.id).where(Connection.node_id.not_in(select(Node.id)))
    return [(workspace_id, id) for workspace_id, id in tx.db.execute(lost)]


def say_goodbye(tx: Tx, node_id: str) -> None:
    """This node stops; its desks are swept by whoever comes next."""
    tx.execute(delete(Node).where(Node.id == node_id))
