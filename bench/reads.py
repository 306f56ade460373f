"""How long the lists take over many conversations and records, as an agent and as a supervisor. ``python -m bench.reads``

The rows are written straight into the database: what was said does not matter here, only how much there is.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from helpline.app.consequences import CONSEQUENCES
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, queries
from helpline.core import Actor, Tx, Units, new_id
from helpline.people.permissions import ROLES
from helpline.service_records import ServiceRecord, listing

from .filling import hire, set_up
from .serving import DATABASES, fresh

SAID = "退貨 運費 invoice parcel delayed refund 地址 更改 broken screen 保固 order cancel login 密碼"
WORDS = SAID.split()
PORTION = 2000
AGENTS = 40


def main() -> None:
    """Fill, then ask."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=DATABASES, default="sqlite")
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--times", type=int, default=7)
    given = asked.parse_args()
    with fresh(given.database) as settings:
        units = Units(settings.url, CONSEQUENCES)
        system = Actor.system(new_id())
        channel, team = units.run_now(system, set_up)
        agents = [units.run_now(system, hire, number, team)[0] for number in range(AGENTS)]
        for begin in range(0, given.rows, PORTION):
            units.run_now(system, _fill, begin, channel, team, [agent.id for agent in agents])
        if given.database == "postgresql":
            units.run_now(system, lambda tx: tx.connection.exec_driver_sql("ANALYZE").rowcount)
        chief = Actor("agent", system.workspace_id, agents[0].id, "Chief", ROLES["supervisor"])
        for name, question in QUESTIONS.items():
            for who, actor in (("agent", agents[0]), ("supervisor", chief)):
                took = statistics.median(_timed(units, actor, question) for _ in range(given.times))
                print(f"{given.database:<11}{name:<34}{who:<11}{took:8.1f} ms")
        units.close()


def _timed(units: Units, actor: Actor, question: Callable[[Tx], Any]) -> float:
    began = time.perf_counter()
    units.read_now(actor, question)
    return (time.perf_counter() - began) * 1000


def _view(name: str, **more: Any) -> Callable[[Tx], int]:
    return lambda tx: len(queries.in_view(tx, name, limit=50, **more)[0])


def _records(**filters: Any) -> Callable[[Tx], int]:
    return lambda tx: len(listing.page(tx, listing.Filters(**filters), 50).rows)


QUESTIONS: dict[str, Callable[[Tx], Any]] = {
    "conversations: mine": _view("mine"),
    "conversations: all open": _view("all"),
    "conversations: closed": _view("closed"),
    "conversations: any, words": _view("any", text="運費"),
    "conversations: any, nothing found": _view("any", text="nowhere to be found"),
    "records": _records(),
    "records: common word": _records(text="退貨"),
    "records: rare word": _records(text="number 77 "),
    "records: nothing found": _records(text="nowhere to be found"),
    "records: nothing found, counted": lambda tx: listing.count(tx, listing.Filters(text="nowhere to be found")),
}


def _fill(tx: Tx, begin: int, channel: str, team: str, agents: list[str]) -> None:
    chance = random.Random(begin)
    points, conversations, records = [], [], []
    for number in range(begin + 1, begin + PORTION + 1):
        at, agent, ids = tx.now - timedelta(minutes=5 * number), chance.choice(agents), [new_id() for _ in range(3)]
        said = " ".join(chance.choices(WORDS, k=12))
        own = {"workspace_id": tx.workspace_id, "channel_id": channel}
        points.append({**own, "id": ids[0], "address": ids[0], "name": f"Visitor {number}", "created_at": at})
        whose = {**own, "channel_kind": "webchat", "category_id": "c", "contact_point_id": ids[0], "team_id": team}
        told = {"contact_name": f"Visitor {number}", "agent_id": agent, "state": "closed", "last_text": said}
        times = dict.fromkeys(("created_at", "queued_at", "assigned_at", "closed_at", "last_at"), at)
        conversations.append({**whose, **told, **times, "id": ids[1], "record_id": ids[2]})
        record = {"number": number, "handler_id": agent, "state": "completed", "category_name": "General"}
        record |= {"contact_name": f"Visitor {number}", "channel_name": "Web chat", "reasons": []}
        record |= {"notes": f"{said} number {number} {said}", "started_at": at, "ended_at": at}
        records.append({**whose, **record, "id": ids[2]})
    for model, rows in ((ContactPoint, points), (Conversation, conversations), (ServiceRecord, records)):
        tx.execute(insert(model), rows)


if __name__ == "__main__":
    main()
