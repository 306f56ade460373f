"""Row ``routing``: 10,000 waiting conversations, 1,000 agents, 20 teams. ``python -m bench.routing``

``all``: the agents become ready, one after the other, each with ten places, until nobody waits; allocations a second, beside the
goal of 2,000. ``one``: one conversation ends and its agent gets the next; processor time of that with 10,000 waiting, beside that
with 100. Afterwards the rows and the facts are held against what must be: see ``check``.
"""

import argparse
import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from helpline.app.consequences import CONSEQUENCES
from helpline.board import Visit
from helpline.channels import Channel
from helpline.contacts import ContactPoint
from helpline.conversations import CloseReason, Conversation, serving
from helpline.conversations.rules import Lane, urgency
from helpline.core import Actor, Tx, Units, new_id
from helpline.core.facts import FactRow
from helpline.people import Agent, AgentSkill, Availability, Membership, Presence, Team, presence

from .filling import set_up
from .records import overheard, plan
from .report import Case, show
from .serving import DATABASES, fresh

WAITING, AGENTS, TEAMS, PLACES, FEW = 10_000, 1_000, 20, 10, 100
SKILLS = ("billing", "language:de", "language:zh")
ONES, AT_ONCE = 50, 64
Row = dict[str, Any]


@dataclass
class Hall:
    """A workspace in which many wait, and nobody is ready yet."""

    units: Units
    system: Actor
    chance: random.Random
    channel_id: str
    how_many_teams: int = TEAMS
    agents: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)

    def open(self, waiting: int, agents: int) -> None:
        """Everybody comes."""
        self.units.run_now(self.system, self._hire, agents)
        for first in range(0, waiting, 2000):
            self.units.run_now(self.system, self.come, min(2000, waiting - first))
        if self.units.lanes.kind == "postgresql":
            self.units.run_now(self.system, lambda tx: tx.connection.exec_driver_sql("ANALYZE").rowcount)

    def _hire(self, tx: Tx, count: int) -> int:
        self.teams, self.agents = [new_id() for _ in range(self.how_many_teams)], [new_id() for _ in range(count)]
        home = {"workspace_id": tx.workspace_id}
        teams = [{**home, "id": id, "name": f"Team {id}", "active": True, "created_at": tx.now} for id in self.teams]
        person = {**home, "role": "agent", "password_hash": "-", "created_at": tx.now}
        names = [{"id": id, "name": f"Agent {id}", "email": f"{id}@example.com"} for id in self.agents]
        stands = {**home, "state": "offline", "connected": True, "capacity": PLACES, "since": tx.now}
        tx.execute(insert(Team), teams)
        tx.execute(insert(Agent), [{**person, **name} for name in names])
        tx.execute(insert(Presence), [{**stands, "id": id} for id in self.agents])
        member, able = [], []
        for place, id in enumerate(self.agents):
            mine = {self.teams[place % len(self.teams)], self.chance.choice(self.teams)}
            member += [{**home, "team_id": team, "agent_id": id} for team in mine]
            can = SKILLS if place < 2 * len(self.teams) else [skill for skill in SKILLS if self.chance.random() < 0.6]
            able += [{**home, "agent_id": id, "skill": skill} for skill in can]
        tx.execute(insert(Membership), member)
        tx.execute(insert(AgentSkill), able)
        return count

    def come(self, tx: Tx, count: int) -> int:
        """So many begin to wait, as if they had come in the last hours."""
        channel, home = tx.get(Channel, self.channel_id), {"workspace_id": tx.workspace_id}
        points, talks, visits = list[Row](), list[Row](), list[Row]()
        for _ in range(count):
            point, talk, team = new_id(), new_id(), self.chance.choice(self.teams)
            at = tx.now - timedelta(seconds=self.chance.uniform(0, 10_000))
            priority, skills = (
                self.chance.choice([0, 0, 0, 50, 500]),
                self.chance.sample(SKILLS, self.chance.choice([0, 0, 1, 2])),
            )
            points.append(
                {**home, "id": point, "channel_id": channel.id, "address": point, "name": "?", "created_at": at}
            )
            lane: Row = {"lane": str(Lane(channel.kind, frozenset(skills))), "urgency": urgency(priority, at, 0)}
            whose: Row = {"channel_id": channel.id, "channel_kind": channel.kind, "category_id": channel.category_id}
            whose |= {"contact_point_id": point, "contact_name": "?", "team_id": team, "skills": sorted(skills)}
            times: Row = dict.fromkeys(("created_at", "queued_at", "last_at"), at)
            talks.append({**home, **whose, **lane, **times, "id": talk, "state": "waiting", "priority": priority})
            stay: Row = {"conversation_id": talk, "team_id": team, "kind": "new", "entered_at": at, "target": 60}
            visits.append({**home, **stay, "id": new_id()})
        for model, rows in ((ContactPoint, points), (Conversation, talks), (Visit, visits)):
            tx.execute(insert(model), rows)
        return count

    def ready(self, agent_id: str) -> Awaitable[Any]:
        """An agent takes what there are places for."""
        return self.units.run(self.system, become_ready, agent_id)

    def some_served(self, count: int) -> list[str]:
        """Some of what is served."""
        served = select(Conversation.id).where(
            Conversation.workspace_id == self.system.workspace_id, Conversation.state == "active"
        )
        ids = self.units.read_now(self.system, lambda tx: sorted(tx.db.scalars(served)))
        return self.chance.sample(ids, count)


def main() -> None:
    """Both rows on each database."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--plans", type=Path, help="write the plans of what decides here")
    asked.add_argument("--quick", action="store_true")
    given = asked.parse_args()
    size = 10 if given.quick else 1
    cases: list[Case] = []
    for kind in DATABASES if given.database == "both" else [given.database]:
        with fresh(kind) as settings:
            units = Units(settings.url, CONSEQUENCES)
            try:
                cases += measured(
                    units, WAITING // size, AGENTS // size, 1 if given.quick else given.rounds, given.plans
                )
            finally:
                units.close()
    show(cases)


def measured(units: Units, waiting: int, agents: int, rounds: int, plans: Path | None) -> list[Case]:
    """One database."""
    kind = units.lanes.kind
    full, few = hall(units, waiting + rounds * ONES, agents), hall(units, FEW, agents)
    one = Case(f"routing {kind}: one, at {waiting:,} waiting and at {FEW}", "ms of processor", 2, "lower")
    for place in (full, few):  # enough are served for some to end
        asyncio.run(everybody(place.ready(id) for id in place.agents[: agents // 20]))
        units.run_now(place.system, place.come, agents // 20 * PLACES)
    for _ in range(rounds):
        for place in (full, few):
            ended(place, 5)
        one.add(ended(full, ONES), ended(few, ONES), ONES)
    if plans:
        write_plans(full, plans)
    since, began = units.read_now(full.system, newest), time.perf_counter()
    asyncio.run(everybody(full.ready(id) for id in full.agents[agents // 20 :]))
    took = time.perf_counter() - began
    given = units.read_now(full.system, check, PLACES, since)
    each = Case(f"routing {kind}: all", "allocations/s", 1, "higher")
    each.add(given / took, 2000, given)
    each.notes.append(f"checked {given:,} allocations: limits, teams, skills, order of each lane")
    return [each, one]


def hall(units: Units, waiting: int, agents: int) -> Hall:
    """A workspace of its own."""
    system = Actor.system(new_id())
    channel, _team = units.run_now(system, set_up)
    made = Hall(units, system, random.Random(7), channel)
    made.open(waiting, agents)
    return made


def ended(place: Hall, count: int) -> float:
    """Milliseconds of processor of an end with which an agent gets the next; as many come anew afterwards."""
    ids, began = place.some_served(count), time.process_time()
    for id in ids:
        place.units.run_now(place.system, end, id)
    took = time.process_time() - began
    place.units.run_now(place.system, place.come, count)
    return took / count * 1000


def end(tx: Tx, id: str) -> str:
    return serving.close(tx, id, CloseReason.AGENT_CLOSED).state


def newest(tx: Tx) -> int:
    return tx.db.scalar(select(func.max(FactRow.seq)).where(FactRow.workspace_id == tx.workspace_id)) or 0


def become_ready(tx: Tx, agent_id: str) -> str:
    return presence.set_availability(tx, agent_id, Availability.READY).state


async def everybody(coming: Iterable[Awaitable[Any]]) -> None:
    """Several at a time, as from several desks."""
    some = asyncio.Semaphore(AT_ONCE)

    async def one(work: Awaitable[Any]) -> None:
        async with some:
            await work

    await asyncio.gather(*(one(work) for work in coming))


def check(tx: Tx, places: int, since: int) -> int:
    """Nobody above their limit, outside of their team or without the skill; ``since`` a fact nobody came and nobody was overtaken.

    How many were given since then.
    """

    def rows(model: Any, *columns: Any) -> list[Any]:
        return list(tx.execute(select(*columns or model.__table__.c).where(model.workspace_id == tx.workspace_id)))

    talks = {row.id: row for row in rows(Conversation)}
    served = Counter(row.agent_id for row in talks.values() if row.state == "active")
    teams = {(row.team_id, row.agent_id) for row in rows(Membership)}
    skills: dict[str, set[str]] = defaultdict(set)
    for row in rows(AgentSkill):
        skills[row.agent_id].add(row.skill)
    for row in rows(Presence):
        expect(row.load == served[row.id] <= places, f"{row.id} serves {served[row.id]}, load {row.load}")
    last: dict[tuple[str, str], tuple[Any, ...]] = {}
    facts = select(FactRow.seq, FactRow.subject_id, FactRow.payload).where(FactRow.workspace_id == tx.workspace_id)
    given = 0
    for seq, id, payload in rows_of(tx, facts.where(FactRow.topic == "conversation.assigned").order_by(FactRow.seq)):
        talk, agent = talks[id], payload["agent_id"]
        expect((talk.team_id, agent) in teams, f"{id} went outside of its team")
        expect(skills[agent].issuperset(talk.skills), f"{id} went to somebody without the skill")
        if seq > since:
            turn, lane = (-talk.urgency, talk.queued_at, id), (talk.team_id, talk.lane)
            expect(lane not in last or last[lane] < turn, f"{id} was overtaken")
            last[lane], given = turn, given + 1
    expect(given > 0, "nothing was given")
    return given


def rows_of(tx: Tx, asked: Any) -> Any:
    return tx.execute(asked)


def expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SystemExit(otherwise)


def write_plans(place: Hall, file: Path) -> None:
    """How the database goes about what an end asks."""
    (id,) = place.some_served(1)
    with overheard() as heard:
        place.units.run_now(place.system, end, id)
    lines = [f"## {place.units.lanes.kind}"]
    for sql, parameters in heard:
        if sql.lstrip().startswith(("SELECT", "WITH", "UPDATE")):
            lines += ["", " ".join(sql.split())[:200], *place.units.read_now(place.system, plan, sql, parameters)]
    with file.open("a") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
