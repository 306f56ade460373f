"""What the database holds at the end of a storm, row by row against the dialogues."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from typing import Any

import psycopg

from helpline.app.replay.dialogues import Dialogue
from helpline.app.settings import Settings

MESSAGES = (
    "SELECT m.conversation_id, m.author_kind, m.visibility, m.text FROM message m "
    "WHERE m.kind <> 'event' AND m.author_kind IN ('contact', 'agent') ORDER BY m.conversation_id, m.seq"
)
DELIVERIES = (
    "SELECT d.state, count(*) FROM delivery d JOIN message m ON m.workspace_id = d.workspace_id AND m.id = d.message_id "
    "WHERE m.author_kind = 'agent' GROUP BY d.state"
)


def ask(settings: Settings, statement: str) -> list[tuple[Any, ...]]:
    """The rows."""
    if settings.is_embedded:
        with closing(sqlite3.connect(settings.data / "helpline.sqlite3", timeout=60)) as connection:
            return list(connection.execute(statement))
    with psycopg.connect(settings.database) as connection:
        return list(connection.execute(statement.encode()))


def wait_until_read(settings: Settings, patience: float = 120) -> None:
    """Until all that came in is taken in."""
    until = time.monotonic() + patience
    while ask(settings, "SELECT count(*) FROM payload WHERE state = 'received'")[0][0]:
        if time.monotonic() > until:
            raise TimeoutError("what came in was not taken in")
        time.sleep(0.2)


def compare(settings: Settings, dialogues: Iterable[Dialogue]) -> dict[str, Any]:
    """Conversations that are not a dialogue, word for word and in order, and dialogues that are no conversation."""
    sides = {("contact", "public"): "customer", ("agent", "public"): "agent", ("agent", "internal"): "action"}
    kept: dict[str, list[tuple[str, str]]] = {}
    for conversation, author, visibility, text in ask(settings, MESSAGES):
        kept.setdefault(conversation, []).append((sides[author, visibility], " ".join(text.split())))
    played: Counter[tuple[tuple[str, str], ...]]
    played = Counter(tuple((side, " ".join(text.split())) for side, text in one.turns) for one in dialogues)
    found = Counter(tuple(turns) for turns in kept.values())
    return {
        "conversations": len(kept),
        "missing": (played - found).total(),
        "unexplained": (found - played).total(),
        "payloads": dict(ask(settings, "SELECT state, count(*) FROM payload GROUP BY state")),
        "deliveries": dict(ask(settings, DELIVERIES)),
        "contacts": ask(settings, "SELECT count(*) FROM contact_point")[0][0],
    }
