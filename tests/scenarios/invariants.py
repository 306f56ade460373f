"""What must hold at any moment (domain.md, invariants 1 to 6), read from the database alone."""

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from helpline.board import Visit
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message
from helpline.conversations.rules import Lane
from helpline.core import Tx
from helpline.core.facts import FactRow
from helpline.people import AgentSkill, Membership, Presence
from helpline.service_records import ServiceRecord
from tests.make import World
from tests.scenarios.explained import Explained

Rows = list[Any]
SERVED = {"offered", "active"}
_TABLES = {
    "conversations": (Conversation, Conversation.id),
    "presences": (Presence, Presence.id),
    "memberships": (Membership, Membership.agent_id),
    "skills": (AgentSkill, AgentSkill.agent_id),
    "records": (ServiceRecord, ServiceRecord.id),
    "visits": (Visit, Visit.entered_at),
    "points": (ContactPoint, ContactPoint.id),
}


class Invariants:
    """Looks at one workspace again and again; each fact is read once and kept in the explanation it makes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._explained = Explained()
        self._facts = 0
        self._topics: Counter[str] = Counter()

    def check(self) -> dict[str, Rows]:
        """Everything that must hold now; the rows it was seen from."""
        rows: dict[str, Rows] = self._world.see(_read, self._facts)
        one_open_conversation(rows["conversations"])
        places_without_holes(rows["conversations"], rows["messages"])
        loads_are_true(rows["conversations"], rows["presences"])
        nobody_waits_beside_a_free_agent(rows)
        self._facts_explain(rows)
        stays_are_whole(rows["conversations"], rows["visits"], self._topics)
        return rows

    def _facts_explain(self, rows: dict[str, Rows]) -> None:
        for fact in rows["facts"]:
            self._facts += 1
            assert fact.seq == self._facts, f"fact {self._facts} is missing"
            self._topics[fact.topic] += 1
            self._explained.hear(fact.topic, fact.subject_id, fact.payload)
        self._explained.compare(rows["conversations"], rows["presences"], rows["records"])


def _read(tx: Tx, seen: int) -> dict[str, Rows]:
    read: dict[str, Rows] = {}
    for name, (model, order) in _TABLES.items():
        table = model.__table__
        mine = select(*table.columns).where(table.c.workspace_id == tx.workspace_id)
        read[name] = list(tx.execute(mine.order_by(order)))
    said = select(Message.conversation_id, Message.seq, Message.channel_id, Message.external_id)
    read["messages"] = list(tx.execute(said.where(Message.workspace_id == tx.workspace_id)))
    facts = select(FactRow.seq, FactRow.topic, FactRow.subject_id, FactRow.payload)
    facts = facts.where(FactRow.workspace_id == tx.workspace_id, FactRow.seq > seen)
    read["facts"] = list(tx.execute(facts.order_by(FactRow.seq)))
    return read


def one_open_conversation(conversations: Rows) -> None:
    """1: at most one open conversation per contact point."""
    is_open = Counter(row.contact_point_id for row in conversations if row.state != "closed")
    assert all(count == 1 for count in is_open.values()), is_open


def places_without_holes(conversations: Rows, messages: Rows) -> None:
    """2 and 3: no message twice, and ``seq`` 1, 2, 3 … up to ``last_seq``."""
    ids = [(row.channel_id, row.external_id) for row in messages if row.external_id]
    assert len(ids) == len(set(ids))
    places: dict[str, list[int]] = defaultdict(list)
    for row in messages:
        places[row.conversation_id].append(row.seq)
    for conversation in conversations:
        assert sorted(places[conversation.id]) == list(range(1, conversation.last_seq + 1)), conversation.id


def loads_are_true(conversations: Rows, presences: Rows) -> None:
    """4: one agent while served, none while waiting; the load counts exactly these."""
    for row in conversations:
        if row.state != "closed":
            assert (row.agent_id is not None) == (row.state in SERVED), (row.id, row.state, row.agent_id)
    held = Counter(row.agent_id for row in conversations if row.state in SERVED)
    assert {row.id: row.load for row in presences} == {row.id: held[row.id] for row in presences}


def nobody_waits_beside_a_free_agent(rows: dict[str, Rows]) -> None:
    """5: whoever waits does so because no ready agent of the team who can take it, but the one to avoid, has a place."""
    presences = rows["presences"]
    free = {row.id for row in presences if row.state == "ready" and row.connected and row.load < row.capacity}
    online = {row.id for row in presences if row.state != "offline"}
    skills: dict[str, set[str]] = defaultdict(set)
    for row in rows["skills"]:
        skills[row.agent_id].add(row.skill)
    for row in rows["conversations"]:
        if row.state == "waiting":
            members = {member.agent_id for member in rows["memberships"] if member.team_id == row.team_id}
            lane = Lane.of(row.lane)
            able = {id for id in members if lane.skills <= skills[id]}
            could = free & (members if lane.relaxed and not able & online else able)
            assert not could - {row.avoid_agent_id}, f"{row.id} waits beside {could}"


def stays_are_whole(conversations: Rows, visits: Rows, topics: Counter[str]) -> None:
    """Who waits in person is in exactly one stay, of the team that they wait for; stays end and do not overlap."""
    waits = [row for row in conversations if row.state in {"waiting", "offered"} and row.message_left_at is None]
    waiting = {row.id: row.team_id for row in waits}
    still = [(row.conversation_id, row.team_id) for row in visits if row.left_at is None]
    assert dict(still) == waiting
    assert len(still) == len(waiting)
    assert len(visits) == topics["conversation.queued"]
    ends: dict[str, Any] = {}
    for row in visits:
        assert row.conversation_id not in ends or ends[row.conversation_id] <= row.entered_at
        assert row.left_at is None or row.left_at >= row.entered_at
        ends[row.conversation_id] = row.left_at


def limits_hold(conversations: Rows, presences: Rows, by_hand: set[tuple[str, str]]) -> None:
    """4: above the limit there is only what was taken or transferred on purpose: ``by_hand``, (conversation, agent)."""
    given = Counter(
        row.agent_id for row in conversations if row.state in SERVED and (row.id, row.agent_id) not in by_hand
    )
    for row in presences:
        assert given[row.id] <= row.capacity, (row.id, given[row.id], row.capacity)


def in_turn(times: list[Any]) -> bool:
    """Whether each is no earlier than the one before."""
    return all(one <= other for one, other in pairwise(times))
