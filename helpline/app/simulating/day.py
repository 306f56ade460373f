"""A day, second by second: who waits too long leaves, then agents become free, then people come."""

import heapq
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from helpline.conversations import CloseReason

from .reading import Arrival, Day
from .stage import Stage, staged

LEAVES, FREES, COMES = range(3)


class Outcome(Struct, kw_only=True):
    """What became of an arrival."""

    id: str
    outcome: Literal["answered", "abandoned", "waiting"]
    agent: str | None
    wait: float


def play(day: Day) -> list[Outcome]:
    """What became of each arrival, in their order."""
    with staged() as stage:
        return _Play(stage, day).run()


class _Play:
    def __init__(self, stage: Stage, day: Day) -> None:
        self._stage, self._day = stage, day
        self._by_points = day.priority2_credit_s is None
        stage.age(day.points_per_second if self._by_points else 1.0)
        everything = sorted({skill for call in day.calls for skill in call.skills})
        self._names = {stage.hire(name, everything if skills is None else skills): name for name, skills in day.agents}
        self._with_skills = any(skills is not None for _, skills in day.agents)
        self._coming: dict[str, Arrival] = {}
        self._waits: set[str] = set()
        self._outcomes: dict[str, Outcome] = {}
        self._heard = 0
        self._next: list[tuple[float, int, int, str, str]] = []

    def run(self) -> list[Outcome]:
        at = 0.0
        calls = sorted(self._day.calls, key=lambda call: (call.arrive, call.id))
        by_id = {call.id: call for call in calls}
        self._place = {call.id: place for place, call in enumerate(calls)}
        for call in calls:
            heapq.heappush(self._next, (call.arrive, COMES, self._place[call.id], call.id, ""))
        while self._next:
            at, kind, _, id, conversation = heapq.heappop(self._next)
            self._stage.clock.put(at)
            if kind == COMES:
                self._come(by_id[id], at)
            elif kind == FREES:
                self._stage.end(conversation, CloseReason.AGENT_CLOSED)
            elif conversation in self._waits:
                self._waits.remove(conversation)
                self._outcomes[id] = Outcome(id=id, outcome="abandoned", agent=None, wait=at - by_id[id].arrive)
                self._stage.end(conversation, CloseReason.ABANDONED)
            self._note(at)
        return [self._outcomes.get(call.id) or self._waiting(call, at) for call in self._day.calls]

    def _waiting(self, call: Arrival, until: float) -> Outcome:
        return Outcome(id=call.id, outcome="waiting", agent=None, wait=until - call.arrive)

    def _come(self, call: Arrival, at: float) -> None:
        conversation = self._stage.arrive(self._priority(call), self._skills(call))
        self._coming[conversation] = call
        self._waits.add(conversation)
        if call.patience is not None:
            heapq.heappush(self._next, (at + call.patience, LEAVES, self._place[call.id], call.id, conversation))

    def _note(self, at: float) -> None:
        for conversation, agent_id in self._stage.given[self._heard :]:
            call, name = self._coming[conversation], self._names[agent_id]
            self._waits.discard(conversation)
            self._outcomes[call.id] = Outcome(id=call.id, outcome="answered", agent=name, wait=at - call.arrive)
            heapq.heappush(self._next, (at + call.handle, FREES, self._place[call.id], call.id, conversation))
        self._heard = len(self._stage.given)

    def _priority(self, call: Arrival) -> int:
        if self._by_points:
            return call.priority
        return self._day.priority2_credit_s or 0 if call.priority == 2 else 0

    def _skills(self, call: Arrival) -> Sequence[str]:
        return call.skills or ([call.type] if call.type and self._with_skills else [])
