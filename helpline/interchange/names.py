"""Who and what is meant by a name in a line."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from sqlalchemy import select

from helpline.calendars import queries as calendars
from helpline.calendars.models import Calendar
from helpline.channels import Category, Channel, Owner
from helpline.channels import actions as channels
from helpline.channels import queries as channel_queries
from helpline.conversations import Conversation
from helpline.core import Tx
from helpline.people import Agent, Team, actions
from helpline.people import queries as people
from helpline.service_records import Reason, Result, choices
from helpline.service_records import queries as records

from .errors import AmbiguousName, NotYoursToSetUp, UnknownName

ELSEWHERE = "imported.invalid"
"""Where the address of somebody leads who is known by name only."""
NO_PASSWORD = "!"  # noqa: S105 - no password has this hash
OTHER = "Imported"
Named = TypeVar("Named", Owner, Category, Channel)
Made = TypeVar("Made")


PEOPLE = {"team", "agent", "role"}
"""What is made with the permission for people; everything else that is set up belongs to the settings."""


def refuse_unless_allowed(tx: Tx, what: str, field: str | None = None) -> None:
    """Who imports sets up what they may set up by hand, and no more."""
    if not tx.actor.may("people.manage" if what in PEOPLE else "settings.manage"):
        raise NotYoursToSetUp(field=field)


class Person(NamedTuple):
    """An agent, as messages and facts name them."""

    id: str
    name: str


@dataclass
class Names:
    """Finds by name within one unit; makes what is missing when it was asked to."""

    tx: Tx
    create_missing: bool

    @cached_property
    def _agents(self) -> list[Agent]:
        return [agent for agent, _ in people.agents(self.tx)]

    def agent(self, said: str, field: str = "agent") -> Person:
        """By e-mail address, or by a name that only one has."""
        wanted = said.strip()
        by_email = [one for one in self._agents if one.email == wanted.lower()]
        found = by_email or [one for one in self._agents if one.name == wanted]
        if len(found) > 1:
            raise AmbiguousName(f"Several agents are called {wanted}; give the e-mail address.", field=field)
        one = found[0] if found else self._make_agent(wanted, field)
        return Person(one.id, one.name)

    def met(self, agent: Agent) -> None:
        """Somebody who was made by an earlier line."""
        self._agents.append(agent)

    @cached_property
    def is_fresh(self) -> bool:
        """Whether nobody has written here yet."""
        row = Conversation
        return self.tx.db.scalar(select(row.id).where(row.workspace_id == self.tx.workspace_id).limit(1)) is None

    def role(self, said: str) -> str:
        """The id of a role of the workspace's own."""
        found = next((role for role in people.custom_roles(self.tx) if role.name == said), None)
        if found is None:
            raise UnknownName(f"There is no role {said[:80]!r} here.", field="custom_role")
        return found.id

    def team(self, said: str, field: str = "team") -> Team:
        """A team."""
        found = next((team for team in people.teams(self.tx) if team.name == said), None)
        return found or self._made(lambda: actions.add_team(self.tx, name=said), "team", said, field)

    def owner(self, said: str, field: str = "owner") -> Owner:
        """An owner."""
        return self._named(Owner, said) or self._made(
            lambda: channels.add_owner(self.tx, name=said), "owner", said, field
        )

    def category(self, said: str, team: Team | None = None, field: str = "category") -> Category:
        """A channel category; a new one sends to ``team``, else to the first team there is."""
        found = self._named(Category, said)
        if found is not None:
            return found
        target = team or next(iter(people.teams(self.tx)), None)

        def make() -> Category:
            return channels.add_category(self.tx, name=said, team_id=(target or self.team(OTHER)).id)

        return self._made(make, "channel category", said, field)

    def calendar(self, said: str) -> Calendar:
        """A calendar; none is made from a name alone, as it would never be open."""
        found = next((row for row in calendars.all_of(self.tx) if row.name == said), None)
        if found is None:
            raise UnknownName(f"There is no calendar {said[:80]!r} here.", field="overrides")
        return found

    def channel(self, said: str, category: str | None, team: Team | None) -> Channel:
        """A channel; a new one is switched off, nobody shall come by it."""
        found = self._named(Channel, said)
        if found is not None:
            return found

        def make() -> Channel:
            below = self.category(category or OTHER, team)
            return channels.add_channel(self.tx, name=said, category_id=below.id, active=False)

        return self._made(make, "channel", said, "channel")

    def result(self, said: str) -> Result:
        """A result; also one that is switched off by now."""
        found = next((row for row in records.results(self.tx) if row.label == said), None)
        return found or self._made(lambda: choices.add_result(self.tx, label=said), "result", said, "result")

    def reason(self, label: str, heading: str | None) -> Reason:
        """A reason below a heading; without one, if only one has this label."""
        there = records.reasons(self.tx)
        headings = {row.id: row.label for row in there if row.parent_id is None}
        found = [row for row in there if row.parent_id and row.label == label]
        if heading is not None:
            found = [row for row in found if headings[str(row.parent_id)] == heading]
        if len(found) > 1:
            raise AmbiguousName(f"Several reasons are called {label}; give the heading.", field="reasons")
        if found:
            return found[0]

        def make() -> Reason:
            parent = self.heading(heading or OTHER)
            return choices.add_reason(self.tx, label=label, parent_id=parent.id)

        return self._made(make, "reason", label, "reasons")

    def heading(self, label: str) -> Reason:
        """A heading of reasons."""
        found = next((row for row in records.reasons(self.tx) if not row.parent_id and row.label == label), None)
        return found or self._made(lambda: choices.add_reason(self.tx, label=label), "heading", label, "heading")

    def _named(self, model: type[Named], name: str) -> Named | None:
        return next((row for row in channel_queries.all_of(self.tx, model) if row.name == name), None)

    def _made(self, make: Callable[[], Made], what: str, said: str, field: str) -> Made:
        if not self.create_missing:
            raise UnknownName(f"There is no {what} {said[:80]!r} here.", field=field)
        refuse_unless_allowed(self.tx, what, field)
        return make()

    def _make_agent(self, said: str, field: str) -> Agent:
        """Somebody who is no longer here: they can be found and read of, and cannot sign in."""
        mark = hashlib.sha256(said.encode()).hexdigest()[:12]
        email = said.lower() if "@" in said else f"{mark}@{ELSEWHERE}"

        def make() -> Agent:
            agent = actions.add_agent(self.tx, name=said[:120], email=email, password_hash=NO_PASSWORD)
            actions.change_agent(self.tx, agent, active=False)
            self.met(agent)
            return agent

        return self._made(make, "agent", said, field)
