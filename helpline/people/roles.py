"""Roles of a workspace's own, beside the three that there always are; and who may give what to whom."""

from typing import Any

from sqlalchemy import select

from helpline.core import Conflict, Forbidden, Invalid, Tx, new_id

from . import queries
from .events import RoleAdded, RoleChanged, RoleRemoved
from .models import Agent, CustomRole
from .permissions import PERMISSIONS, ROLES


class RoleIsFixed(Conflict):
    """Agent, supervisor and administrator are fixed; make a role of your own."""


class RoleInUse(Conflict):
    """Somebody has this role; give them another one first."""


class RoleNameTaken(Conflict):
    """There is already a role with this name."""

    @classmethod
    def code(cls) -> str:
        return "name_taken"


class UnknownRole(Invalid):
    """There is no such role."""


class UnknownPermission(Invalid):
    """There is no such permission."""


class NotYoursToGive(Forbidden):
    """Nobody gives what they do not hold themselves."""


class MayDoMoreThanYou(Forbidden):
    """They may do more than you; ask somebody who may do as much."""


def add(tx: Tx, *, name: str, description: str, permissions: list[str]) -> CustomRole:
    """Make a role."""
    _refuse_taken_name(tx, name)
    role = CustomRole(workspace_id=tx.workspace_id, id=new_id(), name=name, description=description)
    role.permissions, role.created_at = _giveable(tx, permissions, held=[]), tx.now
    tx.db.add(role)
    tx.emit(RoleAdded(role_id=role.id, name=name, permissions=role.permissions))
    return role


def change(tx: Tx, role_id: str, **changes: Any) -> CustomRole:
    """Change a role; whoever has it may do what it says from this moment on."""
    role = _own(tx, role_id)
    was = (role.name, role.description, role.permissions)
    if changes.get("name", role.name) != role.name:
        _refuse_taken_name(tx, changes["name"])
    if "permissions" in changes:
        changes["permissions"] = _giveable(tx, changes["permissions"], held=role.permissions)
    for field, value in changes.items():
        setattr(role, field, value)
    if (role.name, role.description, role.permissions) != was:
        before, after = set(was[2]), set(role.permissions)
        given, taken = sorted(after - before), sorted(before - after)
        tx.emit(RoleChanged(role_id=role.id, name=role.name, was=was[0], given=given, taken=taken))
    return role


def remove(tx: Tx, role_id: str) -> None:
    """Take a role away that nobody has."""
    role = _own(tx, role_id)
    if tx.db.scalar(select(Agent.id).where(Agent.workspace_id == tx.workspace_id, Agent.role == role_id).limit(1)):
        raise RoleInUse
    tx.db.delete(role)
    tx.emit(RoleRemoved(role_id=role_id, name=role.name))


def hold(tx: Tx, role: str) -> None:
    """Make sure that there is this role, that it stays until the end of the unit, and that it is the actor's to give."""
    if role not in ROLES and not tx.lock(CustomRole, role):
        raise UnknownRole(field="role")
    if not _may_do_all(tx, queries.permissions_of(tx, role)):
        raise NotYoursToGive(field="role")


def refuse_above(tx: Tx, agent: Agent) -> None:
    """Whoever could change the password of somebody who may do more could soon do as much."""
    if agent.id != tx.actor.id and not _may_do_all(tx, queries.permissions_of(tx, agent.role)):
        raise MayDoMoreThanYou


def _may_do_all(tx: Tx, permissions: frozenset[str]) -> bool:
    return tx.actor.kind == "system" or permissions <= tx.actor.permissions


def _giveable(tx: Tx, wanted: list[str], held: list[str]) -> list[str]:
    if set(wanted) - PERMISSIONS.keys() - set(held):
        raise UnknownPermission(field="permissions")
    if not _may_do_all(tx, frozenset(wanted) - frozenset(held)):
        raise NotYoursToGive(field="permissions")
    return sorted(set(wanted))


def _own(tx: Tx, role_id: str) -> CustomRole:
    if role_id in ROLES:
        raise RoleIsFixed
    tx.lock(CustomRole, role_id)
    return tx.get(CustomRole, role_id)


def _refuse_taken_name(tx: Tx, name: str) -> None:
    if any(role.name == name for role in queries.custom_roles(tx)):
        raise RoleNameTaken(field="name")
