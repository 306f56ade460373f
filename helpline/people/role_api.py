"""Routes about roles."""

from helpline.core import Tx
from helpline.core.router import Routes
from helpline.core.shapes import given

from . import role_shapes, roles

routes = Routes(tag="People")


@routes.get("/roles", permission="people.read")
def list_roles(tx: Tx) -> list[role_shapes.RoleOut]:
    """The three fixed roles and the workspace's own, each with what it allows."""
    return role_shapes.all_roles(tx)


@routes.post("/roles", permission="people.manage")
def add_role(tx: Tx, data: role_shapes.RoleIn) -> role_shapes.RoleOut:
    """Make a role out of permissions that one holds oneself."""
    return role_shapes.role_out(roles.add(tx, **given(data)))  # type: ignore[arg-type]


@routes.patch("/roles/{id:str}", permission="people.manage")
def change_role(tx: Tx, id: str, data: role_shapes.RoleChange) -> role_shapes.RoleOut:
    """Change a role; it holds at once for everybody who has it."""
    return role_shapes.role_out(roles.change(tx, id, **given(data)))


@routes.delete("/roles/{id:str}", permission="people.manage")
def remove_role(tx: Tx, id: str) -> None:
    """Remove a role that nobody has."""
    roles.remove(tx, id)
