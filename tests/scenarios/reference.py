"""Routing once more, in plain Python and without a database: who waits, who serves whom, whose turn it is.

Written from the rules, not from the code: histories are played on both, and both must always agree.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

OFFLINE_AFTER, RETURN_AFTER = timedelta(seconds=30), timedelta(seconds=60)
LAST_AGENT_WITHIN = timedelta(seconds=97)
LATE = datetime(2030, 1, 1, tzinfo=UTC)
"""Some time when all of them have waited."""


@dataclass
class Person:
    """An agent."""

    id: str
    teams: set[str]
    capacity: int
    state: str = "offline"
    desks: int = 0
    load: int = 0
    served: datetime | None = None
    counts_offline_at: datetime | None = None
    gives_up_at: datetime | None = None
    returned: list[str] = field(default_factory=list)
    skills: set[str] = field(default_factory=set)

    @property
    def is_free(self) -> bool:
        return self.state == "ready" and self.desks > 0 and self.load < self.capacity

    @property
    def idle(self) -> tuple[bool, bool, datetime | None, str]:
        """The longest idle is the smallest: serves nobody, never served, served longest ago."""
        return (self.load > 0, self.served is not None, self.served, self.id)


@dataclass
class Talk:
    """An open conversation."""

    id: str
    visitor: str
    team: str
    queued: datetime
    priority: int = 0
    agent: str | None = None
    avoid: str | None = None
    skills: set[str] = field(default_factory=set)
    begun_by: str | None = None
    """Who wrote first, where the contact has not written yet."""

    def turn(self, points: float) -> tuple[float, datetime, str]:
        """Priority first, to which waiting adds so many points a second, then time."""
        return (-self.priority - points * (LATE - self.queued).total_seconds(), self.queued, self.id)


@dataclass
class Reference:
    """Everybody and everything of one workspace, moved on by the same steps."""

    people: dict[str, Person] = field(default_factory=dict)
    talks: dict[str, Talk] = field(default_factory=dict)
    by_hand: set[tuple[str, str]] = field(default_factory=set)
    was_with: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    """Who served a visitor last, and until when."""
    contact_of: dict[str, str] = field(default_factory=dict)
    """Visitors who are known to be somebody."""
    merged: dict[str, str] = field(default_factory=dict)
    """Who turned out to be whom, and below: the visitors that came along."""
    came_along: list[str] = field(default_factory=list)
    order: str = "longest_idle"
    relaxed: bool = False
    points: float = 0.0
    ranks: dict[tuple[str, str], int] = field(default_factory=dict)
    """(team, agent) → priority in it."""
    needed: set[str] = field(default_factory=set)
    """What somebody who comes now needs."""

    def opened(self, id: str, visitor: str, team: str, now: datetime) -> None:
        talk = self.talks[id] = Talk(id, visitor, team, now, skills=set(self.needed))
        agent, until = self._last_with(visitor) or ("", now)
        last = self.people.get(agent)
        if last and now - until <= LAST_AGENT_WITHIN and last.is_free and talk.skills <= last.skills:
            self._give(talk, agent, now)
        else:
            self._allocate(talk, now)

    def began(self, id: str, visitor: str, team: str, agent: str, now: datetime) -> None:
        """An agent wrote first, and serves."""
        talk = self.talks[id] = Talk(id, visitor, team, now, skills=set(self.needed), begun_by=agent)
        self._give(talk, agent, now)

    def closed(self, id: str, now: datetime) -> None:
        talk = self.talks.pop(id)
        if talk.agent:
            self.was_with[talk.visitor] = (talk.agent, now)
        self._free(talk, now)

    def _last_with(self, visitor: str) -> tuple[str, datetime] | None:
        contact = self.contact_of.get(visitor)
        same = [
            other for other in self.was_with if other == visitor or (contact and self.contact_of.get(other) == contact)
        ]
        return max((self.was_with[one] for one in same), key=lambda last: last[1], default=None)

    def merge(self, primary: str, other: str) -> None:
        self.merged, self.came_along = {other: primary}, [who for who, one in self.contact_of.items() if one == other]
        self.contact_of |= dict.fromkeys(self.came_along, primary)

    def unmerge(self) -> None:
        ((other, primary),) = self.merged.items()
        back = [who for who in self.came_along if self.contact_of.get(who) == primary]
        self.merged, self.contact_of = {}, self.contact_of | dict.fromkeys(back, other)

    def taken(self, id: str, agent: str, now: datetime) -> None:
        self._give(self.talks[id], agent, now)
        self.by_hand.add((id, agent))

    def transferred_to_agent(self, id: str, agent: str, now: datetime) -> None:
        talk = self.talks[id]
        giver, talk.agent = talk.agent, None
        if giver:
            self._release(giver, now)
        self._give(talk, agent, now)
        self.by_hand.add((id, agent))
        if giver:
            self._pull(giver, now)

    def transferred_to_team(self, id: str, team: str, now: datetime) -> None:
        talk = self.talks[id]
        giver, talk.agent = talk.agent, None
        talk.team, talk.queued = team, now
        others = any(team in person.teams for person in self.people.values() if person.id != giver)
        talk.avoid = giver if others else None
        if giver:
            self._release(giver, now)
            self._pull(giver, now)
        self._allocate(talk, now)

    def prioritised(self, id: str, priority: int) -> None:
        self.talks[id].priority = priority

    def needs(self, id: str, skills: set[str], now: datetime) -> None:
        self.talks[id].skills = skills
        self._allocate(self.talks[id], now)

    def taught(self, agent: str, skills: set[str], now: datetime) -> None:
        person = self.people[agent]
        if skills != person.skills:
            person.skills = skills
            self._pull(agent, now)
            self._serve(person.teams, now)

    def decided(self, order: str, relaxed: bool, points: float, now: datetime) -> None:
        self.order, self.relaxed, self.points = order, relaxed, points
        self._serve({team for person in self.people.values() for team in person.teams}, now)

    def became(self, agent: str, state: str, now: datetime) -> None:
        person = self.people[agent]
        was, person.state = person.state, state
        self._pull(agent, now)
        if state == "offline" != was:
            self._serve(person.teams, now)

    def limited(self, agent: str, capacity: int, now: datetime) -> None:
        if capacity < self.people[agent].capacity:  # who lowers a limit leaves what is being served above it
            self.by_hand |= {(talk.id, agent) for talk in self.talks.values() if talk.agent == agent}
        self.people[agent].capacity = capacity
        self._pull(agent, now)

    def connected(self, agent: str, now: datetime) -> None:
        person = self.people[agent]
        person.desks += 1
        person.counts_offline_at = person.gives_up_at = None
        self._pull(agent, now)

    def disconnected(self, agent: str, now: datetime) -> None:
        person = self.people[agent]
        person.desks -= 1
        if not person.desks:
            person.counts_offline_at = now + OFFLINE_AFTER

    def next_due(self) -> datetime | None:
        times = [at for person in self.people.values() for at in (person.counts_offline_at, person.gives_up_at) if at]
        return min(times, default=None)

    def timer_fired(self, now: datetime) -> None:
        """The earliest timer did its work at ``now``."""
        due = self.next_due()
        person = next(one for one in self.people.values() if due in {one.counts_offline_at, one.gives_up_at})
        if person.counts_offline_at == due:
            person.counts_offline_at, person.gives_up_at = None, now + RETURN_AFTER
            was, person.state = person.state, "offline"
            if was != "offline":
                self._serve(person.teams, now)
            return
        person.gives_up_at = None
        returned = sorted(
            (talk for talk in self.talks.values() if talk.agent == person.id), key=lambda talk: talk.turn(self.points)
        )
        for talk in returned:
            talk.agent = None
            person.returned.append(talk.id)
            self._release(person.id, now)
        for talk in returned:
            self._allocate(talk, now)

    def queue(self, team: str) -> list[str]:
        """Who waits for a team, in turn."""
        turn = sorted(self.talks.values(), key=lambda talk: talk.turn(self.points))
        return [talk.id for talk in turn if self._waits(talk, team)]

    def may(self, person: Person, talk: Talk) -> bool:
        """Has the skills, or is let in because nobody of the team who is online has."""
        there = [one for one in self.people.values() if talk.team in one.teams and one.state != "offline"]
        return talk.skills <= person.skills or (self.relaxed and not any(talk.skills <= one.skills for one in there))

    def _allocate(self, talk: Talk, now: datetime) -> None:
        able = [one for one in self.people.values() if talk.team in one.teams and one.is_free and one.id != talk.avoid]
        able = [one for one in able if self.may(one, talk)]
        first = {
            "longest_idle": lambda person: person.idle,
            "least_loaded": lambda person: (person.load, person.idle),
            "agent_priority": lambda person: (-self.ranks.get((talk.team, person.id), 0), person.idle),
        }[self.order]
        if able and talk.agent is None:
            self._give(talk, min(able, key=first).id, now)

    def _serve(self, teams: set[str], now: datetime) -> None:
        """Whoever is free and now can, the longest idle first, takes one after the other."""
        for team in sorted(teams):
            done: set[str] = set()
            while free := [p for p in self.people.values() if team in p.teams and p.is_free and p.id not in done]:
                person = min(free, key=lambda one: one.idle)
                if not self._take_one(person, now):
                    done.add(person.id)

    def _pull(self, agent: str, now: datetime) -> None:
        person = self.people[agent]
        while person.is_free and self._take_one(person, now):
            pass

    def _take_one(self, person: Person, now: datetime) -> bool:
        mine = [talk for talk in self.talks.values() if talk.team in person.teams and talk.agent is None]
        turn = [talk for talk in mine if talk.avoid != person.id and self.may(person, talk)]
        if turn:
            self._give(min(turn, key=lambda talk: talk.turn(self.points)), person.id, now)
        return bool(turn)

    def _give(self, talk: Talk, agent: str, now: datetime) -> None:
        talk.agent, talk.avoid = agent, None
        self.by_hand.discard((talk.id, agent))
        self.people[agent].load += 1
        self.people[agent].served = now

    def _free(self, talk: Talk, now: datetime) -> None:
        if talk.agent:
            self._release(talk.agent, now)
            self._pull(talk.agent, now)

    def _release(self, agent: str, now: datetime) -> None:
        self.people[agent].load -= 1
        self.people[agent].served = now

    def _waits(self, talk: Talk, team: str) -> bool:
        return talk.agent is None and talk.team == team
