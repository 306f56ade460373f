"""What the doctor may find, under a code that stays the same, and what helps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select

from helpline.core import Tx

SHOWN = 20
RESTORE = "Restore the last backup in which the doctor does not find this, and report it as a fault of Helpline."
AGAIN = f"If an import broke off, run it again. Else: {RESTORE[0].lower()}{RESTORE[1:]}"
REPAIR = "`helpline doctor --repair` mends it."

ADVICE: dict[str, str] = {
    "database_damaged": "Stop Helpline, look whether the disk is sound, and restore the last backup.",
    "reference_broken": RESTORE,
    "disk_almost_full": "Make room, or move the data to a larger disk.",
    "secret_readable": REPAIR,
    "facts_incomplete": RESTORE,
    "fact_counter_behind": REPAIR,
    "clock_ahead": "Set the clock of the server right; times already written stay.",
    "record_counter_wrong": REPAIR,
    "record_numbers_missing": RESTORE,
    "messages_incomplete": AGAIN,
    "last_message_wrong": REPAIR,
    "load_wrong": REPAIR,
    "capacity_wrong": REPAIR,
    "record_without_conversation": RESTORE,
    "record_completed_too_early": "Reopen the record on the desk and complete it again; that ends its conversations.",
    "close_unexplained": AGAIN,
    "reasons_differ": REPAIR,
    "stays_differ": REPAIR,
    "wake_missing": REPAIR,
    "job_given_up": "Look at the error in the log; `helpline doctor --repair` has the job tried again.",
    "jobs_late": "Start a server: `helpline serve`. If one runs, it has too much to do, or stumbles: look at its log.",
    "storage_wrong": REPAIR,
    "file_missing": "Restore it from a backup into `files` in the folder of the data.",
    "file_orphaned": REPAIR,
}
"""Every code, and what to do."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be. A ``warning`` is not wrong yet."""

    code: str
    detail: str
    level: Literal["error", "warning"] = "error"
    workspace: str = ""

    @property
    def advice(self) -> str:
        """What to do."""
        return ADVICE[self.code]


Found = Iterator[Finding]
Check = Callable[[Tx], Found]


def each(tx: Tx, code: str, wrong: Select[Any], sentence: str) -> Found:
    """A finding for each of the first few rows."""
    for id in tx.db.scalars(wrong.limit(SHOWN)):
        yield of(tx, code, sentence.format(id))


def of(tx: Tx, code: str, detail: str, level: Literal["error", "warning"] = "error") -> Finding:
    """A finding in this workspace."""
    return Finding(code, detail, level, tx.workspace_id)
