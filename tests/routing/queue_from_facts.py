"""The queues once more, rebuilt from the facts alone, and what each text about a place in them should have said."""

import re
from typing import Any

from sqlalchemy import select

from helpline.conversations.models import Message
from helpline.core import Tx
from helpline.core.facts import FactRow
from tests.make import World

_TEXT = re.compile(r"^Number (\d+), (\d+) ahead, about (.+)$")
LEAVES = {"assigned", "left_queue", "offered", "message_left", "closed"}


def says_places(**queue: Any) -> dict[str, Any]:
    """The settings under which the texts can be read here."""
    text = "Number $QueuePosition, $WaitNo ahead, about $EstimatedWait"
    return {"prompts": {"queue": {"on": True, "texts": {"en": text}}}, "queue": queue}


class Queues:
    """Hears facts in their order."""

    def __init__(self) -> None:
        self._teams: dict[str, str] = {}
        self._order: dict[str, tuple[int, Any, str]] = {}
        self._waiting: set[str] = set()

    def hear(self, fact: Any) -> None:
        what, payload, id = fact.topic.removeprefix("conversation."), fact.payload, str(fact.subject_id)
        if what == "queued":
            since = fact.at if payload["why"] in {"new", "transferred"} else self._order[id][1]
            self._teams[id], self._order[id] = payload["team_id"], (-payload["priority"], since, id)
            self._waiting.add(id)
        elif what == "needs_changed":
            _, since, _ = self._order[id]
            self._order[id] = (-payload["priority"], since, id)
        elif what == "offer_ended":
            self._waiting.add(id)
        elif what in LEAVES:
            self._waiting.discard(id)

    def place(self, id: str) -> int:
        """Where it stands, 1 for the next one."""
        queue = [one for one in self._waiting if self._teams[one] == self._teams[id]]
        return sorted(queue, key=self._order.__getitem__).index(id) + 1


def places_told(world: World) -> list[tuple[str, int, int, int, Any]]:
    """(conversation, place that was told, people ahead that were told, place by the facts, when) of every text there is."""
    return world.see(_told)


def _told(tx: Tx) -> list[tuple[str, int, int, int, Any]]:
    texts = dict(tx.db.execute(select(Message.id, Message.text).where(Message.workspace_id == tx.workspace_id)).all())
    queues, told = Queues(), []
    facts = select(FactRow).where(FactRow.workspace_id == tx.workspace_id).order_by(FactRow.seq)
    for fact in tx.db.scalars(facts):
        queues.hear(fact)
        said = _TEXT.match(texts[fact.payload["message_id"]]) if fact.topic == "message.automated" else None
        if said:
            id = str(fact.subject_id)
            told.append((id, int(said[1]), int(said[2]), queues.place(id), fact.at))
    return told
