"""One workspace that lives through a list of steps, beside the reference that lives through the same ones."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from helpline.app.jobs import JOBS, run_next
from helpline.channels import Category
from helpline.channels import actions as channels
from helpline.channels.queries import all_of
from helpline.contacts import actions as contacts
from helpline.contacts import merging
from helpline.conversations import CloseReason, Conversation, answering, needing, points, serving, starting, waiting
from helpline.conversations.answering import NewerMessages
from helpline.conversations.shapes import MessageIn
from helpline.conversations.starting import AlreadyTalking, AtYourLimit, StartIn
from helpline.core import Actor, Tx, new_id
from helpline.core.jobs import kind_of
from helpline.people import Agent, Availability, Workspace, actions, presence
from helpline.people.presence import NotConnected
from helpline.service_records import actions as records
from helpline.webchat import actions as webchat
from tests.clock import Clock
from tests.make import World
from tests.routing.deciding import decide, rank, teach
from tests.scenarios.invariants import Invariants, limits_hold
from tests.scenarios.reference import LAST_AGENT_WITHIN, Person, Reference, Talk

STATES = list(Availability)
LIMITS = (1, 2, 2, 1)
SKILLS: list[list[str]] = [[], ["a"], ["b"], ["a", "b"]]
ORDERS = ["longest_idle", "least_loaded", "agent_priority"]
JOB_NAMES = {kind_of(job): job for job in JOBS}


class History:
    """Four agents in two teams, two web chats, eight visitors. Steps take two numbers that choose among what is there."""

    def __init__(self, world: World, clock: Clock) -> None:
        self.world, self.clock, self.reference, self.invariants = world, clock, Reference(), Invariants(world)
        self.teams = [world.team, world.do(None, lambda tx: actions.add_team(tx, name="Returns").id)]
        lines = [world.channel, world.do(None, _second_channel, self.teams[1])]
        self.visitors = [world.visitor(channel=lines[number % 2]) for number in range(8)]
        world.do(None, _set_last_agent_window, int(LAST_AGENT_WITHIN.total_seconds()))
        self.contacts = [world.do(None, _add_contact, name) for name in ("Amara", "Ben")]
        self.merge_id = ""
        self.sent: list[tuple[Callable[[], Any], Any]] = []
        self.desks: dict[str, list[str]] = {}
        memberships = [[0], [0], [0, 1], [1]]
        self.agents = [self._hire(teams, limit) for teams, limit in zip(memberships, LIMITS, strict=True)]
        ranks = {self.agents[1].id: 2, self.agents[2].id: 1}
        rank(world, world.team, ranks)
        self.reference.ranks = {(world.team, id): number for id, number in ranks.items()}
        for number in (0, 2):
            self.open_desk(number, 0)
            self.become(number, STATES.index(Availability.READY))

    def step(self, verb: str, a: int, b: int) -> None:
        """Do it on both sides, then compare everything."""
        getattr(self, verb)(a, b)
        self.check()

    def check(self) -> None:
        rows = self.invariants.check()
        limits_hold(rows["conversations"], rows["presences"], self.reference.by_hand)
        served = {row.id: (row.team_id, row.agent_id) for row in rows["conversations"] if row.state != "closed"}
        assert served == {talk.id: (talk.team, talk.agent) for talk in self.reference.talks.values()}
        for row in rows["presences"]:
            if person := self.reference.people.get(row.id):
                assert (row.state, row.connected) == (person.state, person.desks > 0)
                assert (row.load, row.capacity) == (person.load, person.capacity)
                assert row.returned == person.returned
        known = {visitor.id: self.reference.contact_of.get(visitor.id) for visitor in self.visitors}
        assert {row.id: row.contact_id for row in rows["points"]} == known
        for row in rows["conversations"]:
            assert row.state == "closed" or row.contact_id == known[row.contact_point_id]
        for team in self.teams:
            assert [id for id, _ in self.world.see(waiting.waiting_in, team)] == self.reference.queue(team)

    # What visitors do

    def write(self, a: int, b: int) -> None:
        visitor, id = self.visitors[a % 8], new_id()
        said = self.world.write(visitor, f"text {b}", id)
        if said.conversation_id not in self.reference.talks:
            team = self.teams[a % 8 % 2]
            self.reference.opened(said.conversation_id, visitor.id, team, self.clock.now)
        self.reference.talks[said.conversation_id].begun_by = None
        self.sent.append((lambda: self.world.write(visitor, "something else", id), said))

    def leave(self, a: int, _b: int) -> None:
        view = self.world.do(self.visitors[a % 8], webchat.leave)
        if view.conversation and view.conversation.id in self.reference.talks:
            self.reference.closed(view.conversation.id, self.clock.now)

    def deliver_again(self, a: int, _b: int) -> None:
        if self.sent:
            again, said = self.sent[-1 - a % len(self.sent)]
            assert again() == said

    # What agents do

    def answer(self, a: int, b: int) -> None:
        talk = _pick([talk for talk in self.reference.talks.values() if talk.agent], a)
        if talk:
            said = MessageIn(id=new_id(), text=f"answer {b}", seen_up_to=self.world.conversation(talk.id).last_seq)
            self._say(self._who(talk.agent), talk.id, said)

    def answer_unread(self, a: int, _b: int) -> None:
        told = [talk for talk in self.reference.talks.values() if talk.agent and talk.agent != talk.begun_by]
        talk = _pick(told, a)
        if talk:
            with pytest.raises(NewerMessages):
                self._say(self._who(talk.agent), talk.id, MessageIn(id=new_id(), text="too fast", seen_up_to=0))

    def note(self, a: int, b: int) -> None:
        conversation = _pick(self.world.all(Conversation), a)
        if conversation:
            said = MessageIn(id=new_id(), text="between us", visibility="internal")
            self._say(self.agents[b % 4], conversation.id, said)

    def take(self, a: int, b: int) -> None:
        talk = _pick([talk for talk in self.reference.talks.values() if not talk.agent], a)
        if talk:
            self.world.do(self.agents[b % 4], serving.take, talk.id)
            self.reference.taken(talk.id, self.agents[b % 4].id, self.clock.now)

    def start(self, a: int, b: int) -> None:
        visitor, agent = (
            _pick([one for one in self.visitors if one.id in self.reference.contact_of], a),
            self.agents[b % 4],
        )
        if not visitor:
            return
        contact, said = (
            self.reference.contact_of[visitor.id],
            StartIn(contact_point_id=visitor.id, id=new_id(), text="?"),
        )
        person = self.reference.people[agent.id]
        refused = AlreadyTalking if any(talk.visitor == visitor.id for talk in self.reference.talks.values()) else None
        refused = refused or (AtYourLimit if person.load >= person.capacity else None)
        if refused:
            with pytest.raises(refused):
                self.world.do(agent, lambda tx: starting.start(tx, contact, said).id)
            return
        id = self.world.do(agent, lambda tx: starting.start(tx, contact, said).id)
        assert self.world.do(agent, lambda tx: starting.start(tx, contact, said).id) == id
        team = self.teams[self.visitors.index(visitor) % 2]
        self.reference.began(id, visitor.id, team, agent.id, self.clock.now)

    def hand_to_agent(self, a: int, b: int) -> None:
        talk, to = _pick(list(self.reference.talks.values()), a), self.agents[b % 4].id
        if talk:
            self._transfer(talk, agent_id=to)
            if talk.agent != to:
                self.reference.transferred_to_agent(talk.id, to, self.clock.now)

    def hand_to_team(self, a: int, b: int) -> None:
        talk = _pick(list(self.reference.talks.values()), a)
        if talk:
            self._transfer(talk, team_id=self.teams[b % 2])
            self.reference.transferred_to_team(talk.id, self.teams[b % 2], self.clock.now)

    def close(self, a: int, b: int) -> None:
        talk = _pick(list(self.reference.talks.values()), a)
        if talk:
            actor = self._who(talk.agent) if talk.agent else self.agents[b % 4]
            self.world.do(actor, serving.close, talk.id, CloseReason.AGENT_CLOSED)
            self.reference.closed(talk.id, self.clock.now)

    def complete(self, a: int, _b: int) -> None:
        record = _pick(self.world.records(), a)
        if record:
            result, reason = self.world.choices()
            self.world.do(
                self._who(record.handler_id), records.complete, record.id, result_id=result, reason_ids=[reason]
            )
            now = self.clock.now
            for row in self.world.all(Conversation):
                if row.record_id == record.id and row.id in self.reference.talks:
                    self.reference.closed(row.id, now)

    def reopen(self, a: int, _b: int) -> None:
        record = _pick([record for record in self.world.records() if record.state == "completed"], a)
        if record:
            self.world.do(self._who(record.handler_id), records.reopen, record.id)

    def edit(self, a: int, b: int) -> None:
        record = _pick([record for record in self.world.records() if record.state != "completed"], a)
        if record:
            self.world.do(self._who(record.handler_id), records.edit, record.id, record.version, notes=f"note {b}")

    # Who is behind a visitor

    def join(self, a: int, b: int) -> None:
        visitor, contact = self.visitors[a % 8], self.contacts[b % 2]
        self.world.do(self.agents[0], points.join, contact, visitor.id)
        self.reference.contact_of[visitor.id] = self.reference.merged.get(contact, contact)

    def part(self, a: int, _b: int) -> None:
        visitor = self.visitors[a % 8].id
        contact = self.reference.contact_of.pop(visitor, None)
        if contact:
            self.world.do(self.agents[0], points.part, contact, visitor)

    def merge(self, _a: int, b: int) -> None:
        primary, other = self.contacts[b % 2], self.contacts[1 - b % 2]
        if not self.merge_id:
            self.merge_id = self.world.do(self.agents[0], lambda tx: merging.merge(tx, primary, [other]).id)
            self.reference.merge(primary, other)

    def unmerge(self, _a: int, _b: int) -> None:
        if self.merge_id:
            merge_id, self.merge_id = self.merge_id, ""
            self.world.do(self.agents[0], lambda tx: merging.undo(tx, merge_id).id)
            self.reference.unmerge()

    # Who is there

    def catch_up(self, a: int, _b: int) -> None:
        agent = self.agents[a % 4]
        self.world.do(agent, presence.catch_up, agent.id)
        self.reference.people[agent.id].returned.clear()

    def become(self, a: int, b: int) -> None:
        agent, state = self.agents[a % 4], STATES[b % 4]
        if state is Availability.READY and not self.desks[agent.id]:
            with pytest.raises(NotConnected):
                self.world.do(agent, presence.set_availability, agent.id, state)
        else:
            self.world.do(agent, presence.set_availability, agent.id, state)
            self.reference.became(agent.id, state, self.clock.now)

    def open_desk(self, a: int, _b: int) -> None:
        agent, desk = self.agents[a % 4], new_id()
        self.world.do(agent, presence.connect, agent.id, desk, "node")
        self.desks[agent.id].append(desk)
        self.reference.connected(agent.id, self.clock.now)

    def lose_desk(self, a: int, _b: int) -> None:
        agent = self.agents[a % 4]
        if self.desks[agent.id]:
            self.world.do(agent, presence.disconnect, self.desks[agent.id].pop())
            self.reference.disconnected(agent.id, self.clock.now)

    def limit(self, a: int, b: int) -> None:
        agent = self.agents[a % 4]
        self.world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, agent.id), limit=b % 4).limit)
        self.reference.limited(agent.id, b % 4, self.clock.now)

    def prioritise(self, a: int, b: int) -> None:
        talk = _pick(list(self.reference.talks.values()), a)
        if talk:
            self.world.do(None, _set_priority, talk.id, b % 3)
            self.reference.prioritised(talk.id, b % 3)

    def need(self, a: int, b: int) -> None:
        talk = _pick(list(self.reference.talks.values()), a)
        if talk and talk.skills != set(SKILLS[b % 4]):
            self.world.do(None, needing.need, talk.id, skills=SKILLS[b % 4])
            self.reference.needs(talk.id, set(SKILLS[b % 4]), self.clock.now)

    def teach(self, a: int, b: int) -> None:
        agent = self.agents[a % 4]
        teach(self.world, agent, *SKILLS[b % 4])
        self.reference.taught(agent.id, set(SKILLS[b % 4]), self.clock.now)

    def ask_for(self, _a: int, b: int) -> None:
        self.world.do(None, _ask_for, SKILLS[b % 4])
        self.reference.needed = set(SKILLS[b % 4])

    def decide(self, a: int, b: int) -> None:
        order, relaxed, points = ORDERS[a % 3], b % 2 == 0, (0.0, 0.25)[a // 3 % 2]
        allocation = {"order": order, "relaxed_skill": relaxed}
        decide(self.world, allocation=allocation, queue={"points_per_second": points})
        self.reference.decided(order, relaxed, points, self.clock.now)

    def wait(self, a: int, _b: int) -> None:
        """Time passes; what falls due happens in its order."""
        self.clock.advance(5 + 10 * a)
        while (due := self.reference.next_due()) is not None and due <= self.clock.now:
            assert self.world.units.run_now(Actor("system", ""), run_next, JOB_NAMES)
            self.reference.timer_fired(self.clock.now)
        assert not self.world.units.run_now(Actor("system", ""), run_next, JOB_NAMES)

    def _hire(self, teams: list[int], limit: int) -> Actor:
        team_ids = [self.teams[number] for number in teams]
        actor = self.world.agent(role="supervisor", ready=False, limit=limit, teams=team_ids)
        self.reference.people[actor.id] = Person(actor.id, set(team_ids), limit)
        self.desks[actor.id] = []
        return actor

    def _who(self, agent_id: str | None) -> Actor:
        return next(agent for agent in self.agents if agent.id == agent_id)

    def _say(self, agent: Actor, conversation_id: str, said: MessageIn) -> None:
        def say() -> Any:
            return self.world.do(agent, answering.send, conversation_id, said)

        self.sent.append((say, say()))

    def _transfer(self, talk: Talk, **to: str) -> None:
        by = self._who(talk.agent) if talk.agent else self.agents[0]
        self.world.do(by, serving.transfer, talk.id, **{"agent_id": None, "team_id": None, **to})


def _pick(among: list[Any], number: int) -> Any:
    return among[number % len(among)] if among else None


def _second_channel(tx: Tx, team_id: str) -> str:
    category = channels.add_category(tx, name="Returns", team_id=team_id)
    return channels.add_channel(tx, name="Returns chat", category_id=category.id).id


def _set_last_agent_window(tx: Tx, seconds: int) -> int:
    tx.execute(update(Workspace).where(Workspace.id == tx.workspace_id).values(last_agent_within=seconds))
    return seconds


def _add_contact(tx: Tx, name: str) -> str:
    return contacts.add(tx, name=name).id


def _ask_for(tx: Tx, skills: list[str]) -> None:
    for category in all_of(tx, Category):
        channels.change(tx, category, skills=skills)


def _set_priority(tx: Tx, conversation_id: str, priority: int) -> None:
    needing.need(tx, conversation_id, priority=priority)
