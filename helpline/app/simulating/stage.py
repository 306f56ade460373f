"""A workspace of its own for a simulation: one team, one channel, agents who are ready, and a clock that is set by hand."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from helpline.channels import Channel
from helpline.contacts.actions import add_point
from helpline.conversations import CloseReason, Inbound, Line, needing, receive, serving
from helpline.conversations.events import ConversationAssigned
from helpline.core import Actor, Tx, Units, new_id
from helpline.core.committed import Committed
from helpline.people import Availability, actions, presence
from helpline.people.queries import teams
from helpline.session_settings import PromptName
from helpline.session_settings import actions as settings

from ..consequences import CONSEQUENCES
from ..migrate import migrate
from ..seed import furnish
from ..settings import Settings

SILENT = {name: {"on": False} for name in get_args(PromptName)}


class SetClock:
    """Stands where it is put, so that what happens in one second happens at one time."""

    def __init__(self) -> None:
        self.start = datetime(1999, 1, 1, tzinfo=UTC)
        self.now = self.start

    def __call__(self) -> datetime:
        return self.now

    def put(self, seconds: float) -> None:
        """So many seconds after the beginning."""
        self.now = self.start + timedelta(seconds=seconds)


class Stage:
    """What can be done in a simulation, and who was given what by it: (conversation, agent), in order."""

    def __init__(self, units: Units, clock: SetClock, workspace_id: str) -> None:
        self.units, self.clock, self._system = units, clock, Actor.system(workspace_id)
        self.given: list[tuple[str, str]] = []
        self.team, self._line = units.run_now(self._system, _make_workspace)
        units.told.append(self._hear)

    def age(self, points_per_second: float) -> None:
        """Have priorities grow."""
        change: dict[str, dict[str, Any]] = {"prompts": SILENT, "queue": {"points_per_second": points_per_second}}
        self.units.run_now(self._system, lambda tx: settings.change(tx, None, change).version)

    def hire(self, name: str, skills: Sequence[str], limit: int = 1) -> str:
        """An agent who is ready."""
        id = self.units.run_now(self._system, self._hire, name, list(skills), limit)
        self.units.run_now(self._system, presence.connect, id, new_id(), "simulation")
        self.units.run_now(self._system, lambda tx: presence.set_availability(tx, id, Availability.READY).state)
        return id

    def arrive(self, priority: int = 0, skills: Sequence[str] = ()) -> str:
        """Somebody asks for an agent."""
        return self.units.run_now(self._system, self._arrive, priority, list(skills))

    def end(self, conversation_id: str, reason: CloseReason) -> None:
        """A conversation ends; its agent, if it has one, takes the next."""
        self.units.run_now(self._system, lambda tx: serving.close(tx, conversation_id, reason).state)

    def _hire(self, tx: Tx, name: str, skills: list[str], limit: int) -> str:
        email = f"{new_id()}@simulation.invalid"
        agent = actions.add_agent(
            tx, name=name, email=email, password_hash="", limit=limit, team_ids=[self.team], skills=skills
        )
        return agent.id

    def _arrive(self, tx: Tx, priority: int, skills: list[str]) -> str:
        point = add_point(tx, channel_id=self._line.channel_id, address=new_id(), name="")
        said = receive(tx, self._line, Inbound(contact_point_id=point.id, external_id=new_id(), text="…"))
        if priority or skills:
            needing.need(tx, said.conversation_id, priority=priority, skills=skills)
        return said.conversation_id

    def _hear(self, committed: list[Committed]) -> None:
        for unit in committed:
            self.given += [
                (one.conversation_id, one.agent_id) for one in unit.facts if isinstance(one, ConversationAssigned)
            ]


@contextmanager
def staged() -> Iterator[Stage]:
    """A stage on a database that is thrown away, in memory where the machine allows it."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="helpline-") as folder:
        settings, clock = Settings(data=Path(folder)), SetClock()
        migrate(settings)
        units = Units(settings.url, CONSEQUENCES, clock=clock)
        try:
            yield Stage(units, clock, new_id())
        finally:
            units.close()


def _make_workspace(tx: Tx) -> tuple[str, Line]:
    email = "simulation@simulation.invalid"
    first = actions.set_up(tx, workspace_name="Simulation", locale="en", name="Nobody", email=email, password_hash="")
    channel: Channel = furnish(tx, first, "en")
    tx.settle()
    return teams(tx)[0].id, Line(channel.id, channel.kind)
