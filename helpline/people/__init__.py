"""The people who work here: agents, teams, roles, and whether somebody is there and ready."""

from .models import Agent, AgentSkill, Availability, BreakReason, Membership, Presence, Role, Team, Workspace

__all__ = ["Agent", "AgentSkill", "Availability", "BreakReason", "Membership", "Presence", "Role", "Team", "Workspace"]
