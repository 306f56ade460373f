"""Whether this node works."""

import time
from typing import Any

from litestar import Request
from sqlalchemy import text

from helpline import __version__
from helpline.core import Actor, Out, Tx, Unavailable
from helpline.core.router import PUBLIC, Routes

from .bus import NoBus

routes = Routes(tag="System", prefix="/")


class NodeLeaving(Unavailable):
    """This node is about to stop; ask another one."""


class HealthOut(Out):
    status: str
    version: str
    database: str
    redis: str | None
    """``up`` or ``away``; nothing when there is none to be used."""
    migration: str
    uptime_seconds: float


@routes.get("/health", permission=PUBLIC)
async def health(request: Request[Any, Any, Any]) -> HealthOut:
    """Whether this node works: it answers 200 when it reaches its database, and 503 when not, or when it is about to stop."""
    state = request.app.state
    if state.is_leaving:
        raise NodeLeaving
    migration = await state.units.read(Actor("system", ""), _migration)
    return HealthOut(
        status="ok",
        version=__version__,
        database=state.units.lanes.kind,
        redis=_redis(state),
        migration=migration,
        uptime_seconds=round(time.monotonic() - state.began, 1),
    )


def _redis(state: Any) -> str | None:
    if isinstance(state.bus, NoBus):
        return None
    return "up" if state.bus.is_up else "away"


def _migration(tx: Tx) -> str:
    return str(tx.db.scalar(text("SELECT version_num FROM alembic_version")) or "")
