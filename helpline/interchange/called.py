"""What things are called in lines: names instead of our ids, and the ids that rows had where they came from."""

from collections.abc import Iterable
from functools import cached_property

from sqlalchemy import select

from helpline.calendars import queries as calendars
from helpline.channels import Category, Channel, Owner
from helpline.channels import queries as channels
from helpline.core import Tx
from helpline.people import queries as people
from helpline.people.models import CustomRole
from helpline.service_records import Reason, Result
from helpline.service_records import queries as records

from .models import TakenIn


class Called:
    """The names of one workspace, read within one unit. The opposite of ``Names``."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    @cached_property
    def agents(self) -> dict[str, str]:
        """E-mail addresses: the one name of an agent that nobody else has."""
        return {agent.id: agent.email for agent, _ in people.agents(self.tx)}

    @cached_property
    def names(self) -> dict[str, str]:
        """What agents are called."""
        return {agent.id: agent.name for agent, _ in people.agents(self.tx)}

    @cached_property
    def roles(self) -> dict[str, CustomRole]:
        """The workspace's own."""
        return {role.id: role for role in people.custom_roles(self.tx)}

    @cached_property
    def teams(self) -> dict[str, str]:
        return {team.id: team.name for team in people.teams(self.tx)}

    @cached_property
    def owners(self) -> dict[str, str]:
        return {row.id: row.name for row in channels.all_of(self.tx, Owner)}

    @cached_property
    def categories(self) -> dict[str, str]:
        return {row.id: row.name for row in channels.all_of(self.tx, Category)}

    @cached_property
    def calendars(self) -> dict[str, str]:
        return {row.id: row.name for row in calendars.all_of(self.tx)}

    @cached_property
    def channels(self) -> dict[str, str]:
        return {row.id: row.name for row in channels.all_of(self.tx, Channel)}

    @cached_property
    def results(self) -> dict[str, Result]:
        return {row.id: row for row in records.results(self.tx)}

    @cached_property
    def reasons(self) -> dict[str, Reason]:
        return {row.id: row for row in records.reasons(self.tx)}

    def heading(self, reason: Reason) -> str | None:
        """Under which heading a reason stands."""
        return self.reasons[reason.parent_id].label if reason.parent_id else None

    def elsewhere(self, kind: str, ids: Iterable[str]) -> dict[str, str]:
        """The ids of rows in lines: those they came with, else their own."""
        wanted = [id for id in ids if id]
        row = TakenIn
        mine = (row.workspace_id == self.tx.workspace_id, row.kind == kind, row.id.in_(wanted))
        came_with = self.tx.execute(select(row.id, row.external_id).where(*mine))
        return {id: id for id in wanted} | {one.id: one.external_id for one in came_with}
