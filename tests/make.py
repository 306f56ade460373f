"""Makers of the smallest valid thing."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import psycopg
from sqlalchemy import select

from helpline.app.indexing import catch_up
from helpline.app.jobs import JOBS, run_next
from helpline.app.seed import furnish
from helpline.app.settings import Settings
from helpline.channels import Channel
from helpline.conversations import CloseReason, Conversation, answering, serving
from helpline.conversations.shapes import MessageIn, MessageOut
from helpline.core import Actor, Tx, Units, new_id
from helpline.core.jobs import kind_of
from helpline.people import Agent, Availability, Presence, actions, presence
from helpline.people.models import Connection
from helpline.people.permissions import ROLES
from helpline.people.queries import teams
from helpline.service_records import Reason, Result, ServiceRecord
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorIn, VisitorMessageIn
from tests.clock import Clock

R = TypeVar("R")
_numbers = itertools.count(1)
JOB_NAMES = {kind_of(job): job for job in JOBS}
HASH = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$not-a-real-hash"


@dataclass
class World:
    """A furnished workspace, and short ways to act in it as somebody."""

    units: Units
    workspace_id: str
    admin: str
    channel: str
    team: str
    agents: dict[str, Actor] = field(default_factory=dict)

    def do(self, actor: Actor | None, action: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """Run a unit as somebody; ``None`` is the system."""
        return self.units.run_now(actor or Actor.system(self.workspace_id), action, *args, **kwargs)

    def see(self, action: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """Read as the system."""
        return self.units.read_now(Actor.system(self.workspace_id), action, *args, **kwargs)

    def agent(
        self,
        name: str = "",
        *,
        role: str = "agent",
        ready: bool = True,
        limit: int | None = None,
        teams: list[str] | None = None,
    ) -> Actor:
        """Somebody of the first team, with an open desk and ready unless told otherwise."""
        number = next(_numbers)
        name = name or f"Agent {number}"
        team_ids = [self.team] if teams is None else teams

        def add(tx: Tx) -> str:
            email = f"agent{number}@example.com"
            return actions.add_agent(
                tx, name=name, email=email, password_hash=HASH, role=role, limit=limit, team_ids=team_ids
            ).id

        actor = Actor("agent", self.workspace_id, self.do(None, add), name, ROLES.get(role, frozenset()))
        self.agents[actor.id] = actor
        if ready:
            self.do(actor, presence.connect, actor.id, new_id(), "node")
            self.do(actor, lambda tx: presence.set_availability(tx, actor.id, Availability.READY).state)
        return actor

    def visitor(self, name: str = "", *, channel: str = "") -> Actor:
        """Somebody who opened the web chat."""
        channel = channel or self.channel
        id = self.do(None, webchat.enter, channel, VisitorIn(name=name))
        return Actor("visitor", self.workspace_id, id, channel_id=channel)

    def write(self, visitor: Actor, text: str = "Hello", id: str = "") -> Any:
        """A visitor's message."""
        chat = self.see(webchat.open_channel, channel_id=visitor.channel_id)
        return self.do(visitor, webchat.write, chat, VisitorMessageIn(id=id or new_id(), text=text))

    def answer(self, agent: Actor, conversation_id: str, text: str = "Hello!", **more: Any) -> MessageOut:
        """An agent's message, whatever was written meanwhile unless ``seen_up_to`` is given."""
        said = {"id": new_id(), "anyway": "seen_up_to" not in more, **more}
        return self.do(agent, answering.send, conversation_id, MessageIn(text=text, **said))

    def close(self, agent: Actor, conversation_id: str) -> str:
        """An agent ends a conversation."""
        return self.do(agent, lambda tx: serving.close(tx, conversation_id, CloseReason.AGENT_CLOSED).state)

    def become(self, agent: Actor, state: Availability) -> None:
        """An agent says whether they are there."""
        self.do(agent, lambda tx: presence.set_availability(tx, agent.id, state).state)

    def connect(self, agent: Actor) -> str:
        """Another desk of an agent; its id."""
        desk = new_id()
        self.do(agent, presence.connect, agent.id, desk, "node")
        return desk

    def lose(self, agent: Actor) -> None:
        """All desks of an agent go away."""
        for desk in self.all(Connection):
            if desk.agent_id == agent.id:
                self.do(agent, presence.disconnect, desk.id)

    def presence(self, agent: Actor) -> Presence:
        """Where an agent stands."""
        return next(row for row in self.all(Presence) if row.id == agent.id)

    def wait(self, clock: Clock, seconds: float) -> None:
        """Time passes; what falls due happens."""
        clock.advance(seconds)
        while self.units.run_now(Actor("system", ""), run_next, JOB_NAMES):
            pass

    def index(self) -> None:
        """What was said until now can be searched."""
        catch_up(self.units, self.workspace_id)

    def conversation(self, id: str) -> Conversation:
        """A conversation as it is now."""
        return self.see(lambda tx: _detached(tx, tx.get(Conversation, id)))

    def all(self, model: Any) -> list[Any]:
        """Every row of a table in this workspace."""
        return self.see(
            lambda tx: [
                _detached(tx, row)
                for row in tx.db.scalars(select(model).where(model.workspace_id == tx.workspace_id)).all()
            ]
        )

    def choices(self) -> tuple[str, str]:
        """Some result and some reason."""
        reason = next(row for row in self.all(Reason) if row.parent_id)
        return self.all(Result)[0].id, reason.id

    def records(self) -> list[ServiceRecord]:
        """All service records."""
        return self.all(ServiceRecord)


def make_world(units: Units, name: str = "Acme") -> World:
    """A workspace of its own."""
    workspace_id = new_id()

    def create(tx: Tx) -> tuple[str, str, str]:
        first: Agent = actions.set_up(
            tx, workspace_name=name, locale="en", name="Ada", email=f"ada@{name.lower()}.example", password_hash=HASH
        )
        channel: Channel = furnish(tx, first, "en")
        tx.settle()
        return first.id, channel.id, teams(tx)[0].id

    admin, channel, team = units.run_now(Actor.system(workspace_id), create)
    return World(units, workspace_id, admin, channel, team)


def _detached(tx: Tx, row: Any) -> Any:
    tx.db.expunge(row)
    return row


def until_they_wait(settings: Settings, count: int) -> None:
    """Until so many units wait for locks that others hold."""
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(settings.url, autocommit=True) as looking:
        while looking.execute(blocked).fetchone() != (count,):
            pass
