"""Very many service records with what was said in them, written straight into the database: what matters is how much there is."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

from sqlalchemy import insert, select

from helpline import search
from helpline.app.demo.dialogues import read
from helpline.app.noting import DONE
from helpline.channels import Category
from helpline.contacts import Contact, ContactPoint
from helpline.conversations import Conversation, Message
from helpline.core import Tx, new_id
from helpline.search.blocks import SIZE, begins, block_of
from helpline.search.queries import NOTED
from helpline.search.words import words
from helpline.service_records import Reason, Result, ServiceRecord
from helpline.service_records.models import RecordReason

PORTION = 5760
APART = 30
"""Seconds from one record to the next: a portion is two days."""
RARE = 50_000
"""Words that are made up. Like real ones the first are said often and the last nearly never."""
_WORDS = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{'aeiou'[n % 5]}{n:x}" for n in range(RARE)]
_WEIGHTS = list(accumulate(1 / (n + 1) for n in range(RARE)))
_SIGNS = "風雲山水花鳥春夏秋冬東南西北金木火土日月星晨天地玄黃宇宙洪荒寒暑律呂調陽露霜"
PHRASES = ["".join(random.Random(n).choices(_SIGNS, k=4)) for n in range(3000)]
WORDS, OFTEN = _WORDS, _WEIGHTS
STATES = ("completed",) * 97 + ("wrap_up",) * 2 + ("open",)


class Plenty:
    """Fills a workspace, newest record first."""

    def __init__(self, tx: Tx, channel_id: str, team_id: str, agents: list[str], size: int) -> None:
        def pick(model: Any) -> list[Any]:
            return list(tx.db.scalars(select(model).where(model.workspace_id == tx.workspace_id)))

        self.channel_id, self.team_id, self.agents = channel_id, team_id, agents
        self.category = pick(Category)[0].id
        self.results = [row.id for row in pick(Result)]
        self.reasons = [row.id for row in pick(Reason) if row.parent_id]
        self.began = tx.now
        # As many records each at every size, and more than a page.
        self.contacts = [new_id() for _ in range(max(1, size // 200))]
        new = [
            {"workspace_id": tx.workspace_id, "id": id, "name": f"Contact {id}", "created_at": tx.now}
            for id in self.contacts
        ]
        tx.execute(insert(Contact), new)
        self.said = [line for name in ("en", "zh-TW") for one in read(name) for line in one.talk.splitlines() if line]

    def portion(self, tx: Tx, first: int, to_be_found: bool = True) -> int:
        """The next records, each with a conversation and a message; indexed by their words, if they are to be found by them."""
        chance, rows = random.Random(first), list[tuple[dict[str, Any], ...]]()
        found: dict[int, set[str]] = {}
        for number in range(first, first + PORTION):
            rows.append(self._one(tx, chance, number))
            message, record = rows[-1][2], rows[-1][3]
            if to_be_found:
                noted = {f"{NOTED}{word}" for word in _words(record["notes"])}
                said = _words(message["text"]) | words(record["contact_name"])
                found[_number(record["started_at"])] = said | noted
        models = (ContactPoint, Conversation, Message, ServiceRecord, RecordReason)
        for model, several in zip(models, zip(*rows, strict=True), strict=True):
            tx.execute(insert(model), list(several))
        if not to_be_found:
            return len(rows)
        numbers = {row[place]["id"]: _number(row[3]["started_at"]) for row in rows for place in (1, 3)}
        search.keep(tx, numbers, {row[3]["id"]: row[3]["started_at"] for row in rows})
        search.index(tx, found)
        return len(rows)

    def done(self, tx: Tx, count: int) -> int:
        """The counters stand where they would if all of it had been lived through."""
        newest = tx.number("fact", 0)
        for name, value in (("record", count), (DONE, newest)):
            tx.number(name, 0)
            tx.number_at_least(name, value)
        return count

    def _one(self, tx: Tx, chance: random.Random, number: int) -> tuple[dict[str, Any], ...]:
        at, point, talk, record = self.began - timedelta(seconds=APART * number), new_id(), new_id(), new_id()
        agent, contact = chance.choice(self.agents), chance.choice(self.contacts)
        state, reason = chance.choice(STATES), chance.choice(self.reasons)
        home = {"workspace_id": tx.workspace_id, "channel_id": self.channel_id}
        whose = {**home, "channel_kind": "webchat", "category_id": self.category, "team_id": self.team_id}
        whose |= {"contact_point_id": point, "contact_id": contact, "contact_name": f"Visitor {number}"}
        times = dict.fromkeys(("created_at", "queued_at", "assigned_at", "closed_at", "last_at"), at)
        text = "\n".join(self._text(chance))
        said = {**home, "id": new_id(), "conversation_id": talk, "seq": 1, "kind": "text", "author_kind": "contact"}
        result = chance.choice(self.results)
        written = {
            "number": number,
            "handler_id": agent,
            "state": state,
            "category_name": "General",
            "channel_name": "Web chat",
        }
        written |= {
            "reasons": [{"id": reason, "label": "Reason"}],
            "notes": "\n".join(self._text(chance)),
            "started_at": at,
        }
        written |= {"ended_at": at if state == "completed" else None, "result_id": result, "result_label": "Result"}
        return (
            {**home, "id": point, "address": point, "name": f"Visitor {number}", "created_at": at},
            {
                **whose,
                **times,
                "id": talk,
                "agent_id": agent,
                "state": "closed",
                "record_id": record,
                "last_seq": 1,
                "last_text": text[:200],
            },
            {**said, "text": text, "at": at, "files": [], "event": None, "external_id": said["id"]},
            {**whose, **written, "id": record},
            {"workspace_id": tx.workspace_id, "id": record, "reason_id": reason},
        )

    def _text(self, chance: random.Random) -> Iterator[str]:
        yield chance.choice(self.said)
        yield from chance.choices(WORDS, cum_weights=OFTEN, k=4)
        yield "".join(chance.choices(PHRASES, cum_weights=OFTEN[: len(PHRASES)], k=2))


def _words(text: str) -> set[str]:
    return set().union(*map(_of_line, text.split("\n")))


@lru_cache(100_000)
def _of_line(line: str) -> set[str]:
    return words(line)


def _number(at: datetime) -> int:
    """By which number it is found: of each half minute there is one."""
    block = block_of(at)
    return block * SIZE + (at - begins(block)) // timedelta(seconds=APART)
