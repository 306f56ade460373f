"""Row ``telling``: what the text while waiting costs where 10,000 wait in one queue. ``python -m bench.telling``

``move``: processor of an end with which an agent gets the next, while the text is said; beside the same while it is off. ``tell``:
of one run of the queue's job, of which there is one a second at most, in which as many are told as may be told at once.
``nobody due``: of a run after somebody left, so that all have another place, and all were told a moment ago.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Callable

from sqlalchemy import delete, update

from helpline.app.consequences import CONSEQUENCES
from helpline.conversations import Conversation
from helpline.core import Actor, Tx, Units, new_id
from helpline.core.jobs import JobRow
from helpline.routing import telling
from helpline.session_settings import actions as settings

from .filling import set_up
from .report import Case, show
from .routing import Hall, ended, everybody
from .serving import DATABASES, fresh

WAITING, AGENTS, ENDS = 10_000, 50, 50


def main() -> None:
    """Each row on each database."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    asked.add_argument("--waiting", type=int, default=WAITING)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--quick", action="store_true")
    given = asked.parse_args()
    waiting, rounds = (given.waiting // 10, 1) if given.quick else (given.waiting, given.rounds)
    cases: list[Case] = []
    for kind in DATABASES if given.database == "both" else [given.database]:
        with fresh(kind) as where:
            units = Units(where.url, CONSEQUENCES)
            try:
                cases += measured(units, waiting, rounds)
            finally:
                units.close()
    show(cases)


def measured(units: Units, waiting: int, rounds: int) -> list[Case]:
    """One database."""
    kind, system = units.lanes.kind, Actor.system(new_id())
    channel, _team = units.run_now(system, set_up)
    hall = Hall(units, system, random.Random(7), channel, how_many_teams=1)
    hall.open(waiting + rounds * ENDS, AGENTS)
    asyncio.run(everybody(hall.ready(id) for id in hall.agents))
    (team,) = hall.teams
    move = Case(f"telling {kind}: move, {waiting:,} waiting, the text on and off", "ms of processor", 1.5, "lower")
    tell = Case(f"telling {kind}: tell {telling.AT_ONCE}, a second of one core", "ms of processor", 0.1, "lower")
    none = Case(f"telling {kind}: nobody due, a second of one core", "ms of processor", 0.1, "lower")
    for _ in range(rounds):
        say(hall, False)
        without = ended(hall, ENDS)
        say(hall, True)
        move.add(ended(hall, ENDS), without, ENDS)
        tell.add(took(lambda: hall.units.run_now(system, tell_once, team)), 1000, telling.AT_ONCE)
        hall.units.run_now(system, all_told)
        none.add(took(lambda: hall.units.run_now(system, tell_once, team)), 1000, waiting)
        hall.units.run_now(system, none_told)
    return [move, tell, none]


def say(hall: Hall, on: bool) -> None:
    """Switch the text while waiting."""
    hall.units.run_now(hall.system, lambda tx: settings.change(tx, None, {"prompts": {"queue": {"on": on}}}).version)


def tell_once(tx: Tx, team: str) -> int:
    """As the job loop does: its row goes with the run, which may leave another."""
    tx.execute(delete(JobRow).where(JobRow.workspace_id == tx.workspace_id))
    telling.tell(tx, team)
    return 0


def all_told(tx: Tx) -> int:
    """Everybody was told a moment ago, and has another place by now."""
    mine = update(Conversation).where(Conversation.workspace_id == tx.workspace_id, Conversation.state == "waiting")
    return tx.execute(mine.values(place_told=0, place_told_at=tx.now)).rowcount


def none_told(tx: Tx) -> int:
    """Nobody was told anything yet."""
    mine = update(Conversation).where(Conversation.workspace_id == tx.workspace_id, Conversation.state == "waiting")
    return tx.execute(mine.values(place_told=None, place_told_at=None)).rowcount


def took(work: Callable[[], object]) -> float:
    """Milliseconds of processor."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main()
