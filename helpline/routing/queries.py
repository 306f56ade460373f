"""Whose turn it is. The two orders of routing are written here and nowhere else: see ``longest_idle`` and ``next_for``."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    bindparam,
    column,
    func,
    literal_column,
    select,
    text,
)

from helpline.conversations import Conversation
from helpline.conversations.placing import IN_QUEUE
from helpline.conversations.rules import Lane
from helpline.conversations.waiting import WAITING
from helpline.core import Prepared, Tx
from helpline.core.jobs import JobRow
from helpline.people import AgentSkill, Availability, Membership, Presence, Team
from helpline.people.queries import skills_of, workspace
from helpline.session_settings.allocation import Order


def pick(tx: Tx, team_id: str, lane: Lane, order: Order, besides: Collection[str] = ()) -> str | None:
    """The free agent of a team who can take what is in this lane, and comes first in this order.

    Ties fall to who has gone longest without serving: who serves nobody right now before those who do; among those, whoever last
    began or ended a service longest ago, and before all who never served.
    """
    limit = workspace(tx).kind_limits.get(lane.kind)
    skills = [] if _is_open_to_all(tx, team_id, lane) else sorted(lane.skills)
    picked = tx.say(
        _picking(order, len(skills), limit is not None, len(besides)),
        **{"w": tx.workspace_id, "team": team_id} | _each("skill", skills) | _each("besides", besides),
        **{} if limit is None else {"kind": lane.kind, "limit": limit},
    )
    return picked.id if picked else None


def in_order(tx: Tx, agent_ids: Collection[str], order: Order) -> list[str]:
    """These agents, of whichever teams, in the order in which they are asked; a priority is a team's, and counts in it alone."""
    rows = select(Presence.id).where(Presence.workspace_id == tx.workspace_id, Presence.id.in_(agent_ids))
    first = (Presence.load,) if order == "least_loaded" else ()
    return list(tx.db.scalars(rows.order_by(*first, *_IDLE))) if agent_ids else []


def seems_free(tx: Tx, agent_id: str, lane: Lane) -> bool:
    """Whether the agent is ready, below the limits and has the skills, as far as can be seen without holding their row."""
    presence = tx.find(Presence, agent_id)
    return presence is not None and _is_free(presence) and _can(tx, agent_id, lane)


def can_take(tx: Tx, agent_id: str, lane: Lane) -> bool:
    """The same, once their row is held."""
    (presence,) = tx.lock(Presence, agent_id)
    return _is_free(presence) and _can(tx, agent_id, lane)


def is_free(tx: Tx, agent_id: str, kind: str = "") -> bool:
    """Whether the agent, whose row is locked now, is ready and below the limits."""
    (presence,) = tx.lock(Presence, agent_id)
    return _is_free(presence) and _has_room(tx, agent_id, kind)


def next_for(tx: Tx, agent_id: str, closed: Collection[str] = ()) -> Conversation | None:
    """The waiting conversation that is first among those that the agent can take in the queues of their teams.

    Of the categories that are ``closed``, only those who have been with an agent before.
    """
    for row in tx.say_all(_heads(len(closed)), w=tx.workspace_id, a=agent_id, **_each("closed", closed)):
        if _may(tx, agent_id, row.team, Lane.of(row.lane)):
            return tx.find(Conversation, row.id)
    return None


def waiting_in_category(tx: Tx, category_id: str, limit: int) -> list[tuple[str, str, int]]:
    """(conversation, team, priority) of those who wait, in the order of the queue."""
    row = Conversation
    waits = (row.workspace_id == tx.workspace_id, row.category_id == category_id, row.state == WAITING)
    order = (row.urgency.desc(), row.queued_at, row.id)
    rows = tx.db.execute(select(row.id, row.team_id, row.priority).where(*waits).order_by(*order).limit(limit))
    return [(id, team, priority) for id, team, priority in rows]


def waits_and_timers(tx: Tx, job: str, after: str, limit: int) -> list[tuple[Conversation, dict[str, Any] | None]]:
    """Those who stand in a queue, by id from ``after`` on, each with what their timer of this kind is to do, if it is set."""
    row, timer = Conversation, JobRow
    theirs = (timer.workspace_id == row.workspace_id) & (timer.kind == job) & (timer.key == row.id)
    rows = select(row, timer.arguments).outerjoin(timer, theirs)
    rows = rows.where(row.workspace_id == tx.workspace_id, row.state.in_(IN_QUEUE), row.id > after)
    return [(found, arguments) for found, arguments in tx.db.execute(rows.order_by(row.id).limit(limit))]


def anybody_online(tx: Tx, team_id: str) -> bool:
    """Whether an agent of the team is there at all, be they busy, in a break or at their limit."""
    return tx.say(_ONLINE, w=tx.workspace_id, team=team_id) is not None


def some_are_relaxed(tx: Tx, team_ids: Collection[str]) -> bool:
    """Whether somebody waits for one of these teams who may get an agent without the skills."""
    rows = select(Conversation.id).where(
        Conversation.workspace_id == tx.workspace_id,
        Conversation.team_id.in_(team_ids),
        Conversation.state == WAITING,
        Conversation.lane.contains("~:"),
    )
    return tx.db.scalar(rows.limit(1)) is not None


def _is_free(presence: Presence) -> bool:
    return presence.state == Availability.READY and presence.connected and presence.load < presence.capacity


def _can(tx: Tx, agent_id: str, lane: Lane) -> bool:
    """Has the skills, and room for one more of this kind."""
    if lane.skills and not lane.skills.issubset(skills_of(tx, agent_id)):
        return False
    return _has_room(tx, agent_id, lane.kind)


def _may(tx: Tx, agent_id: str, team_id: str, lane: Lane) -> bool:
    """Can, or is let in because nobody who can is online."""
    can = not lane.skills or lane.skills.issubset(tx.once(skills_of, agent_id))
    if not can and not _is_open_to_all(tx, team_id, lane):
        return False
    return _has_room(tx, agent_id, lane.kind)


def _has_room(tx: Tx, agent_id: str, kind: str) -> bool:
    limit = workspace(tx).kind_limits.get(kind)
    return limit is None or tx.say(_HAS_ROOM, w=tx.workspace_id, agent=agent_id, kind=kind, limit=limit) is not None


def _is_open_to_all(tx: Tx, team_id: str, lane: Lane) -> bool:
    if not lane.relaxed:
        return False
    able = _able_online(len(lane.skills))
    return tx.say(able, w=tx.workspace_id, team=team_id, **_each("skill", sorted(lane.skills))) is None


def _each(name: str, values: Collection[str]) -> dict[str, str]:
    return {f"{name}_{place}": value for place, value in enumerate(values)}


def _named(name: str, count: int) -> list[BindParameter[str]]:
    return [bindparam(f"{name}_{place}", type_=String) for place in range(count)]


def _members() -> Select[str]:
    members = select(Presence.id).join(
        Membership, (Membership.workspace_id == Presence.workspace_id) & (Membership.agent_id == Presence.id)
    )
    members = members.join(Team, (Team.workspace_id == Membership.workspace_id) & (Team.id == Membership.team_id))
    return members.where(
        Presence.workspace_id == bindparam("w"), Membership.team_id == bindparam("team"), Team.active
    ).limit(1)


def _has(skills: int) -> ColumnElement[bool]:
    who = select(AgentSkill.agent_id).where(
        AgentSkill.workspace_id == bindparam("w"), AgentSkill.skill.in_(_named("skill", skills))
    )
    return Presence.id.in_(who.group_by(AgentSkill.agent_id).having(func.count() == skills))


def _has_place_for_kind() -> ColumnElement[bool]:
    held = select(func.count()).where(
        Conversation.workspace_id == bindparam("w"),
        Conversation.agent_id == Presence.id,
        Conversation.state.in_([literal_column("'offered'"), literal_column("'active'")]),
        Conversation.channel_kind == bindparam("kind"),
    )
    return held.scalar_subquery() < bindparam("limit")


@cache
def _picking(order: Order, skills: int, limited: bool, besides: int) -> Prepared:
    able = _members().where(Presence.state == Availability.READY, Presence.connected, Presence.load < Presence.capacity)
    if besides:
        able = able.where(Presence.id.not_in(_named("besides", besides)))
    if skills:
        able = able.where(_has(skills))
    if limited:
        able = able.where(_has_place_for_kind())
    first: tuple[Any, ...] = {
        "longest_idle": (),
        "least_loaded": (Presence.load,),
        "agent_priority": (Membership.priority.desc(),),
    }[order]
    return Prepared(able.order_by(*first, *_IDLE))


@cache
def _able_online(skills: int) -> Prepared:
    return Prepared(_members().where(Presence.state != Availability.OFFLINE, _has(skills)))


_ONLINE = Prepared(_members().where(Presence.connected, Presence.state != Availability.OFFLINE))
_HAS_ROOM = Prepared(
    select(Presence.id).where(
        Presence.workspace_id == bindparam("w"), Presence.id == bindparam("agent"), _has_place_for_kind()
    )
)


_IDLE = (Presence.load > 0, Presence.served_at.asc().nulls_first(), Presence.id)
_WAIT = "FROM conversation WHERE conversation.workspace_id = :w AND conversation.state = 'waiting' AND team_id ="
_HEADS = f"""
    WITH RECURSIVE lanes(team, lane) AS (
        SELECT membership.team_id, (SELECT min(lane) {_WAIT} membership.team_id)
        FROM membership JOIN team ON team.workspace_id = membership.workspace_id AND team.id = membership.team_id
        WHERE membership.workspace_id = :w AND membership.agent_id = :a AND team.active
        UNION ALL
        SELECT team, (SELECT min(conversation.lane) {_WAIT} team AND conversation.lane > lanes.lane)
        FROM lanes WHERE lane IS NOT NULL
    )
    SELECT team, lanes.lane AS lane, conversation.id AS id FROM lanes JOIN conversation
    ON conversation.workspace_id = :w AND conversation.id = (
        SELECT id {_WAIT} team AND conversation.lane = lanes.lane AND (avoid_agent_id IS NULL OR avoid_agent_id <> :a)
        AND (assigned_at IS NOT NULL OR category_id NOT IN (%s))
        ORDER BY urgency DESC, queued_at, id LIMIT 1
    )
    ORDER BY urgency DESC, queued_at, id
"""  # noqa: S608 - of our own words only
"""The lanes in which somebody waits for one of the agent's teams, and who is first in each: an index read for each, however many
wait, because it goes from one lane to the next without looking at those between."""


@cache
def _heads(closed: int) -> Prepared:
    """Who is first in each lane, the most urgent first, with so many categories passed over."""
    without = ", ".join(f":closed_{place}" for place in range(closed)) or "''"
    return Prepared(text(_HEADS % without).columns(column("team"), column("lane"), column("id")))
