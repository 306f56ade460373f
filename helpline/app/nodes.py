"""Nodes of one installation: each says that it lives; desks of one that died are counted as lost."""

import asyncio
from datetime import datetime, timedelta

import structlog
from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Actor, Model, Tx, Units
from helpline.people import presence
from helpline.people.queries import connections_elsewhere

log = structlog.get_logger()

BEAT = 5.0
DEAD_AFTER = timedelta(seconds=20)
NOBODY = Actor("system", "")


class Node(Model):
    """One running process."""

    __tablename__ = "node"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seen_at: Mapped[datetime]


async def beat(units: Units, node_id: str, *, alone: bool) -> None:
    """Say that this node lives and sweep after the dead, until cancelled; once, when there can be no other (``alone``)."""
    while True:
        try:
            living = await units.run(NOBODY, say_alive, node_id, alone=alone)
            for workspace_id, connection_id in await units.read(NOBODY, connections_elsewhere, living):
                await units.run(Actor.system(workspace_id), presence.disconnect, connection_id)
            if alone:
                return
        except Exception:
            log.exception("the heartbeat stumbled")
        await asyncio.sleep(BEAT)


def say_alive(tx: Tx, node_id: str, *, alone: bool) -> list[str]:
    """Renew this node's row; the ids of the nodes that live."""
    dead = delete(Node).where(Node.id != node_id)
    tx.execute(dead if alone else dead.where(Node.seen_at < tx.now - DEAD_AFTER))
    tx.db.merge(Node(id=node_id, seen_at=tx.now))
    tx.db.flush()
    return list(tx.db.scalars(select(Node.id)))


def say_goodbye(tx: Tx, node_id: str) -> None:
    """This node stops; its desks are swept by whoever comes next."""
    tx.execute(delete(Node).where(Node.id == node_id))
