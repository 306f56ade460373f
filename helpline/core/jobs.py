"""Jobs and timers are rows, written in the transaction of their cause.

A job runs in the same transaction that removes its row: it happens exactly once, also when the process is killed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, Select, String, Text, UniqueConstraint, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from .model import Model, Moment
from .prepared import Prepared

Job = Callable[..., Any]
ATTEMPTS = 12


class JobRow(Model):
    """Something to do at ``due_at``. ``key`` makes a timer unique: setting it again moves it."""

    __tablename__ = "job"
    workspace_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(120))
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    """Empty: given up after ``ATTEMPTS``; kept with its last error until somebody looks."""
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "key"),
        # Read by the one loop that serves all workspaces, so time comes first here.
        Index("job_by_due_at", "due_at"),
        {"sqlite_with_rowid": False},
    )


def kind_of(job: Job) -> str:
    """``helpline.people.jobs.go_offline`` → ``people.go_offline``: the stored name, which a moved file does not change."""
    return f"{job.__module__.split('.')[1]}.{job.__name__}"


def due_by(workspace_id: str, kind: str, key: str, at: datetime) -> Select[str]:
    """The timer of this key, if it is set and due by then."""
    row = JobRow
    mine = (row.workspace_id == workspace_id, row.kind == kind, row.key == key)
    return select(row.id).where(*mine, row.due_at <= at)


def backoff(attempts: int) -> timedelta:
    """Wait 1, 2, 4 … seconds after a failure, at most ten minutes."""
    return timedelta(seconds=min(2 ** max(attempts - 1, 0), 600))


_TABLE: Any = JobRow.__table__
SET = Prepared(insert(_TABLE))
FORGET = Prepared(
    delete(_TABLE).where(
        _TABLE.c.workspace_id == bindparam("workspace"),
        _TABLE.c.kind == bindparam("job"),
        _TABLE.c.key == bindparam("of"),
    )
)
