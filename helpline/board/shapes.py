"""How the board looks on the wire."""

from datetime import datetime

from helpline.conversations import Conversation, State
from helpline.core import Out, Tx
from helpline.people import Agent, Availability, Presence
from helpline.people import queries as people

from . import queries
from .rules import Counts
from .tallies import today


class CountsOut(Out):
    answered: int
    in_target: int
    abandoned: int
    short: int
    service_level: float | None
    abandon_rate: float | None


class AgentsOut(Out):
    ready: int
    serving: int
    busy: int
    on_break: int
    offline: int
    free: int


class BoardQueueOut(Out):
    team_id: str
    name: str
    waiting: int
    oldest: datetime | None
    messages: int
    """Left by contacts who no longer wait in person."""
    offered: int
    serving: int
    agents: AgentsOut
    today: CountsOut


class BoardTalkOut(Out):
    id: str
    state: State
    contact_name: str
    contact_id: str | None
    contact_point_id: str
    channel_kind: str
    team_id: str
    agent_id: str | None
    queued_at: datetime | None
    assigned_at: datetime | None
    waiting_since: datetime | None
    last_text: str


class BoardOut(Out):
    at: datetime
    day_began: datetime
    timezone: str
    wait_target: int
    queues: list[BoardQueueOut]
    agents: AgentsOut
    today: CountsOut
    conversations: list[BoardTalkOut]


def board(tx: Tx) -> BoardOut:
    """Everything the board shows, as it is now."""
    workspace, tally = people.workspace(tx), today(tx)
    teams = queries.teams(tx)
    counts = {team.id: tally.of(team.id) for team in teams}
    open_now, oldest, left = queries.open_now(tx), queries.oldest_waiting(tx), queries.messages_left(tx)
    standing = {agent.id: (agent, presence) for agent, presence in people.agents(tx) if agent.active}
    members: dict[str, set[str]] = {team.id: set() for team in teams}
    for team_id, agent_id in people.memberships(tx):
        members.get(team_id, set()).add(agent_id)
    queues = [
        BoardQueueOut(
            team_id=team.id,
            name=team.name,
            waiting=open_now[team.id].get(State.WAITING, 0),
            oldest=oldest.get(team.id),
            messages=left[team.id],
            offered=open_now[team.id].get(State.OFFERED, 0),
            serving=open_now[team.id].get(State.ACTIVE, 0),
            agents=agents_out([standing[id] for id in members[team.id] & standing.keys()]),
            today=counts_out(counts[team.id]),
        )
        for team in teams
    ]
    everybody = set[str]().union(*members.values()) & standing.keys()
    shown = queries.conversations(tx, State.WAITING, State.OFFERED, State.ACTIVE)
    return BoardOut(
        at=tx.now,
        day_began=tally.since,
        timezone=workspace.timezone,
        wait_target=workspace.wait_target,
        queues=queues,
        agents=agents_out([standing[id] for id in everybody]),
        today=counts_out(sum(counts.values(), Counts())),
        conversations=[talk_out(row) for row in shown],
    )


def agents_out(standing: list[tuple[Agent, Presence]]) -> AgentsOut:
    """How many stand where. Ready is who serves nobody; free are the places of those who are ready and there."""
    rows = [presence for _, presence in standing]
    ready = [row for row in rows if row.state == Availability.READY]
    return AgentsOut(
        ready=sum(row.load == 0 for row in ready),
        serving=sum(row.load > 0 for row in ready),
        busy=sum(row.state == Availability.BUSY for row in rows),
        on_break=sum(row.state == Availability.BREAK for row in rows),
        offline=sum(row.state == Availability.OFFLINE for row in rows),
        free=sum(max(0, row.capacity - row.load) for row in ready if row.connected),
    )


def counts_out(counts: Counts) -> CountsOut:
    """Counts with the figures that follow from them."""
    return CountsOut(
        answered=counts.answered,
        in_target=counts.in_target,
        abandoned=counts.abandoned,
        short=counts.short,
        service_level=counts.service_level,
        abandon_rate=counts.abandon_rate,
    )


def talk_out(row: Conversation) -> BoardTalkOut:
    """A conversation as the board shows it."""
    return BoardTalkOut(**{name: getattr(row, name) for name in BoardTalkOut.__struct_fields__})
