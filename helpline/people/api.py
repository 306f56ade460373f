"""Routes about people."""

import asyncio
from typing import Any

from litestar import Request

from helpline.core import Actor, Conflict, Forbidden, Tx
from helpline.core.ordering import OrderIn
from helpline.core.router import SIGNED_IN, Routes
from helpline.core.shapes import given

from . import access, actions, passwords, preferences, presence, queries, shapes
from . import workspace as settings
from .models import Agent, BreakReason, Team

routes = Routes(tag="People")


class OwnPasswordHere(Conflict):
    """Change your own password in your profile; it needs the current one."""


class OwnPasswordWrong(Forbidden):
    """The current password is not right."""


@routes.get("/workspace", permission="settings.read")
def workspace(tx: Tx) -> shapes.WorkspaceOut:
    """The workspace with its settings."""
    return shapes.workspace_out(queries.workspace(tx))


@routes.patch("/workspace", permission="settings.manage")
def change_workspace(tx: Tx, data: shapes.WorkspaceChange) -> shapes.WorkspaceOut:
    """Change settings of the workspace. They hold from the next event on."""
    return shapes.workspace_out(settings.change_workspace(tx, **given(data)))


@routes.get("/agents", permission="people.read")
def agents(tx: Tx) -> list[shapes.AgentOut]:
    """All agents with their availability."""
    return shapes.all_agents(tx)


@routes.post("/agents", permission="people.manage")
async def add_agent(actor: Actor, request: Request[Any, Any, Any], data: shapes.AgentIn) -> shapes.AgentOut:
    """Add an agent."""
    fields = given(data)
    password_hash = await asyncio.to_thread(passwords.hashed, str(fields.pop("password")))

    def add(tx: Tx) -> shapes.AgentOut:
        agent = actions.add_agent(tx, password_hash=password_hash, **fields)  # type: ignore[arg-type]
        tx.settle()
        return shapes.one_agent(tx, agent.id)

    return await request.app.state.units.run(actor, add)  # type: ignore[no-any-return]


@routes.patch("/agents/{id:str}", permission="people.manage")
async def change_agent(
    actor: Actor, request: Request[Any, Any, Any], id: str, data: shapes.AgentChange
) -> shapes.AgentOut:
    """Change an agent. With a new password, or made inactive, they are signed out everywhere; their records stay.

    The new password is good for one sign-in, at which they choose their own.
    """
    changes = given(data)
    password = changes.pop("password", None)
    if password is not None and id == actor.id:
        raise OwnPasswordHere(field="password")
    password_hash = await asyncio.to_thread(passwords.hashed, str(password)) if password is not None else ""

    def change(tx: Tx) -> shapes.AgentOut:
        if password_hash:
            access.reset_password(tx, tx.get(Agent, id), password_hash, due=True)
        actions.change_agent(tx, tx.get(Agent, id), **changes)  # type: ignore[arg-type]
        tx.settle()
        return shapes.one_agent(tx, id)

    return await request.app.state.units.run(actor, change)  # type: ignore[no-any-return]


@routes.get("/teams", permission="people.read")
def teams(tx: Tx) -> list[shapes.TeamOut]:
    """All teams with their members."""
    return shapes.all_teams(tx)


@routes.post("/teams", permission="people.manage")
def add_team(tx: Tx, data: shapes.TeamIn) -> shapes.TeamOut:
    """Add a team."""
    team = actions.add_team(tx, **given(data))  # type: ignore[arg-type]
    return shapes.team_out(team, queries.priorities_in(tx, team.id))


@routes.patch("/teams/{id:str}", permission="people.manage")
def change_team(tx: Tx, id: str, data: shapes.TeamChange) -> shapes.TeamOut:
    """Change a team's name, limit or members, or which of them come first."""
    team = actions.change_team(tx, tx.get(Team, id), **given(data))  # type: ignore[arg-type]
    return shapes.team_out(team, queries.priorities_in(tx, id))


@routes.put("/me/availability", permission=SIGNED_IN)
def set_availability(tx: Tx, data: shapes.AvailabilityIn) -> shapes.AgentOut:
    """Say whether one takes new conversations: ready, busy, break (with a reason) or offline."""
    presence.set_availability(tx, tx.actor.id, data.state, data.reason_id)
    tx.settle()
    return shapes.one_agent(tx, tx.actor.id)


@routes.put("/agents/{id:str}/availability", permission="availability.set")
def set_availability_of(tx: Tx, id: str, data: shapes.AvailabilityIn) -> shapes.AgentOut:
    """Say for an agent whether they take new conversations; for those who forgot. What they serve stays theirs."""
    tx.get(Agent, id)
    presence.set_availability(tx, id, data.state, data.reason_id)
    tx.settle()
    return shapes.one_agent(tx, id)


@routes.get("/break-reasons", permission=SIGNED_IN)
def break_reasons(tx: Tx) -> list[shapes.BreakReasonOut]:
    """What a break can be for, in order; those that are switched off cannot be chosen."""
    return [shapes.break_reason_out(reason) for reason in queries.break_reasons(tx)]


@routes.post("/break-reasons", permission="settings.manage")
def add_break_reason(tx: Tx, data: shapes.BreakReasonIn) -> shapes.BreakReasonOut:
    """Add something that a break can be for."""
    return shapes.break_reason_out(settings.add_break_reason(tx, label=data.label, position=data.position))


@routes.put("/break-reasons/order", permission="settings.manage")
def order_break_reasons(tx: Tx, data: OrderIn) -> list[shapes.BreakReasonOut]:
    """Put the reasons for breaks in order: all of their ids, the first one first."""
    return [shapes.break_reason_out(reason) for reason in settings.order_break_reasons(tx, data.ids)]


@routes.patch("/break-reasons/{id:str}", permission="settings.manage")
def change_break_reason(tx: Tx, id: str, data: shapes.BreakReasonChange) -> shapes.BreakReasonOut:
    """Change a reason for breaks; switched off, it can no longer be chosen."""
    return shapes.break_reason_out(settings.change_break_reason(tx, tx.get(BreakReason, id), **given(data)))


@routes.patch("/me", permission=SIGNED_IN)
async def change_me(actor: Actor, request: Request[Any, Any, Any], data: shapes.MeChange) -> shapes.AgentOut:
    """Change one's own name, language, look or password (which needs the current one)."""
    changes, units = given(data), request.app.state.units
    password, current = changes.pop("password", None), changes.pop("current_password", "")
    if password is not None:
        attempts, address = request.app.state.attempts, request.client.host if request.client else ""
        await attempts.begin(actor.id, address)
        kept = await units.read(actor, lambda tx: tx.get(Agent, actor.id).password_hash)
        if not await asyncio.to_thread(passwords.matches, str(current), kept):
            raise OwnPasswordWrong(field="current_password")
        await attempts.passed(actor.id, address)
        password_hash = await asyncio.to_thread(passwords.hashed, str(password))

    def change(tx: Tx) -> shapes.AgentOut:
        if password is not None:
            (me,) = tx.lock(Agent, actor.id)
            if me.password_hash != kept:  # it was changed while this one was checked
                raise OwnPasswordWrong(field="current_password")
            access.change_password(tx, me, password_hash)
        actions.change_agent(tx, tx.get(Agent, actor.id), **changes)  # type: ignore[arg-type]
        tx.settle()
        return shapes.one_agent(tx, actor.id)

    return await units.run(actor, change)  # type: ignore[no-any-return]


@routes.patch("/me/preferences", permission=SIGNED_IN)
def prefer(tx: Tx, data: preferences.PreferencesIn) -> preferences.PreferencesOut:
    """Arrange the desk for oneself: time zone, keys, order of the list, sounds, notifications."""
    return preferences.prefer(tx, tx.actor.id, data)
