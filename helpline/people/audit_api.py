"""The route of the audit log."""

from datetime import datetime

from helpline.core import Tx
from helpline.core.paging import Limit
from helpline.core.router import Routes

from . import audit

routes = Routes(tag="Audit")


@routes.get("/audit", permission="audit.read")
def read(
    tx: Tx,
    actor_id: list[str] | None = None,
    topic: list[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: Limit = 50,
    cursor: str | None = None,
) -> audit.AuditPage:
    """Who changed what of how things are set up, and who signed in, newest first. Repeat a parameter to allow several values."""
    return audit.page(
        tx, actor_ids=actor_id or (), topics=topic or (), since=since, until=until, limit=limit, after=cursor
    )
