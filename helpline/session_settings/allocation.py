"""How an agent is found for a conversation."""

from typing import Literal

from msgspec import Struct

Order = Literal["longest_idle", "least_loaded", "agent_priority"]


class Allocation(Struct, kw_only=True):
    """How an agent is found for a conversation."""

    last_agent: bool = True
    """Whether a contact who returns goes to the agent they were with, if that agent is free."""
    responsible_agent: bool = False
    """Whether the agent who is responsible for the contact, else for the owner, comes first, if that agent is free."""
    order: Order = "longest_idle"
    """Among the free agents of the team: who has been idle longest, who serves fewest, or who has the highest priority in it."""
    relaxed_skill: bool = False
    """Whether agents without the skills are let in when nobody of the team who has them is online."""
