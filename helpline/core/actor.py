"""Who acts: an agent, a visitor, an import of the past, or the system itself."""

from dataclasses import dataclass
from typing import Literal, Self

ActorKind = Literal["agent", "visitor", "system", "import"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, in which workspace, and what they may do.

    ``id`` is the agent's or the contact point's id; ``""`` for the system. An import has the id of the agent who began it.
    """

    kind: ActorKind
    workspace_id: str
    id: str = ""
    name: str = ""
    permissions: frozenset[str] = frozenset()
    session_id: str = ""
    """The signed-in browser; empty for tokens, visitors and the system."""
    channel_id: str = ""
    """The channel a visitor came by; empty for everybody else."""

    @classmethod
    def system(cls, workspace_id: str) -> Self:
        """The system, acting by itself inside one workspace (timers, seeding, repairs)."""
        return cls("system", workspace_id, name="system")

    def may(self, permission: str) -> bool:
        """Whether this actor holds ``permission``."""
        return permission in self.permissions
