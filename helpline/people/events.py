"""What happens to the people who work here."""

from dataclasses import dataclass

from helpline.core import Audited, Edited, Fact


@dataclass(frozen=True, kw_only=True)
class WorkspaceCreated(Audited):
    """A workspace was set up, with its first administrator."""

    name: str
    agent_id: str


@dataclass(frozen=True, kw_only=True)
class WorkspaceChanged(Edited):
    """The workspace's name, language, limit, times or targets were changed."""


@dataclass(frozen=True, kw_only=True)
class BreakReasonSet(Edited):
    """An administrator added or changed what a break can be for."""

    id: str

    @property
    def subject(self) -> str:
        return self.id


@dataclass(frozen=True, kw_only=True)
class AgentFact(Fact):
    """Something about one agent."""

    agent_id: str

    @property
    def subject(self) -> str:
        return self.agent_id


@dataclass(frozen=True, kw_only=True)
class AgentAdded(AgentFact, Audited):
    """Somebody joined."""

    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class AgentChanged(AgentFact, Edited):
    """Somebody's name, role, teams, limit or the like were changed."""


@dataclass(frozen=True, kw_only=True)
class PreferencesChanged(Fact):
    """An agent arranged the desk for themselves. Apart from ``AgentFact``: it concerns nobody else."""

    agent_id: str
    fields: list[str]

    @property
    def subject(self) -> str:
        return self.agent_id


@dataclass(frozen=True, kw_only=True)
class AgentSignedIn(AgentFact, Audited):
    """A browser was signed in."""

    browser: str = ""


@dataclass(frozen=True, kw_only=True)
class AgentSignInFailed(Audited):
    """Somebody gave a wrong password for an account; ``times`` within the hour. Of many, only the 1st, 10th, 100th … is told."""

    agent_id: str
    address: str
    browser: str = ""
    times: int

    @property
    def subject(self) -> str:
        return self.agent_id


@dataclass(frozen=True, kw_only=True)
class AgentSignedOut(AgentFact, Audited):
    """A browser was signed out: by who used it, from elsewhere, or because the password changed."""

    sign_in_id: str
    browser: str = ""


@dataclass(frozen=True, kw_only=True)
class AgentPasswordChanged(AgentFact, Audited):
    """Somebody chose a new password for themselves."""


@dataclass(frozen=True, kw_only=True)
class AgentPasswordReset(AgentFact, Audited):
    """Somebody was given a new password by another; it has to be changed at the next sign-in when ``due``."""

    due: bool


@dataclass(frozen=True, kw_only=True)
class AgentConnected(AgentFact):
    """The first desk of an agent came online."""


@dataclass(frozen=True, kw_only=True)
class AgentLost(AgentFact):
    """The last desk of an agent went away. What follows has a grace time."""


@dataclass(frozen=True, kw_only=True)
class AgentAbandoned(AgentFact):
    """A lost agent did not come back in time; their conversations go to others."""


@dataclass(frozen=True, kw_only=True)
class AgentCaughtUp(AgentFact):
    """An agent who had been lost was told what went to others meanwhile."""


@dataclass(frozen=True, kw_only=True)
class AvailabilityChanged(AgentFact):
    """An agent became ready, busy, on break or offline."""

    state: str
    was: str
    reason: str | None = None
    cause: str | None = None
    """What put them there, when they did not say so themselves: a missed offer."""


@dataclass(frozen=True, kw_only=True)
class AgentCapacityChanged(AgentFact):
    """The limit that holds for an agent became another."""

    capacity: int


@dataclass(frozen=True, kw_only=True)
class TeamAdded(Audited):
    """A team was made."""

    team_id: str
    name: str

    @property
    def subject(self) -> str:
        return self.team_id


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Edited):
    """A team's name, limit or members were changed."""

    team_id: str

    @property
    def subject(self) -> str:
        return self.team_id


@dataclass(frozen=True, kw_only=True)
class RoleFact(Audited):
    """Something about one of the workspace's own roles."""

    role_id: str
    name: str

    @property
    def subject(self) -> str:
        return self.role_id


@dataclass(frozen=True, kw_only=True)
class RoleAdded(RoleFact):
    """A role was made."""

    permissions: list[str]


@dataclass(frozen=True, kw_only=True)
class RoleChanged(RoleFact):
    """A role's name, description or permissions were changed: what it was called, what it gives now and what no more."""

    was: str
    given: list[str]
    taken: list[str]


@dataclass(frozen=True, kw_only=True)
class RoleRemoved(RoleFact):
    """A role that nobody had was removed."""


@dataclass(frozen=True, kw_only=True)
class TokenCreated(AgentFact, Audited):
    """An API token was made for an agent."""

    token_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(AgentFact, Audited):
    """An API token was withdrawn."""

    token_id: str
    name: str
