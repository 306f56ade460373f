"""How roles look on the wire."""

from typing import Annotated

from msgspec import Meta

from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import UNSET, UnsetType

from . import queries
from .fields import Name
from .models import CustomRole
from .permissions import PERMISSIONS, ROLES

Description = Annotated[str, Meta(max_length=2000)]
Permissions = Annotated[list[str], Meta(max_length=200, description="Names of permissions.")]


class RoleOut(Out):
    id: str
    name: str
    description: str
    permissions: list[str]
    fixed: bool


class RoleIn(In):
    name: Name
    description: Description = ""
    permissions: Permissions = []


class RoleChange(In):
    name: Name | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    permissions: Permissions | UnsetType = UNSET


def role_out(role: CustomRole) -> RoleOut:
    """A role of the workspace's own."""
    fields = {name: getattr(role, name) for name in ("id", "name", "description", "permissions")}
    return RoleOut(**fields, fixed=False)


def all_roles(tx: Tx) -> list[RoleOut]:
    """The three fixed ones, then the workspace's own by name."""
    fixed = [
        RoleOut(
            id=str(name),
            name=str(name),
            description="",
            permissions=[one for one in PERMISSIONS if one in held],
            fixed=True,
        )
        for name, held in ROLES.items()
    ]
    return fixed + [role_out(role) for role in queries.custom_roles(tx)]


def role_update(tx: Tx, role_id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a role."""
    role, to = tx.find(CustomRole, role_id), {"everyone", *also}
    return Update.of("role", role_id, role_out(role), to) if role else Update.gone("role", role_id, to)
