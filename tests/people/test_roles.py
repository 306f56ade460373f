"""Roles of a workspace's own: what they allow, who may give them, and when they may go."""

import dataclasses

import pytest

from helpline.core import Actor, NotFound
from helpline.people import Agent, access, actions, queries, roles
from helpline.people.models import CustomRole
from helpline.people.permissions import ROLES
from helpline.people.roles import (
    MayDoMoreThanYou,
    NotYoursToGive,
    RoleInUse,
    RoleIsFixed,
    RoleNameTaken,
    UnknownPermission,
    UnknownRole,
)
from tests.make import HASH, World, make_world

READING = ["conversation.read", "record.read"]


@pytest.fixture
def admin(world: World) -> Actor:
    return Actor("agent", world.workspace_id, world.admin, "Ada", ROLES["administrator"])


@pytest.fixture
def personnel(world: World) -> Actor:
    """Somebody who only looks after people."""
    may = frozenset({"people.read", "people.manage", *READING})
    return dataclasses.replace(
        world.agent(ready=False, role=_add(world, None, sorted(may), "Personnel")), permissions=may
    )


def _add(world: World, actor: Actor | None, permissions: list[str], name: str = "Reader") -> str:
    return world.do(actor, lambda tx: roles.add(tx, name=name, description="", permissions=permissions).id)


def _change(world: World, actor: Actor | None, id: str, **changes: object) -> None:
    world.do(actor, lambda tx: roles.change(tx, id, **changes).id)


def _remove(world: World, actor: Actor | None, id: str) -> None:
    world.do(actor, roles.remove, id)


def _become(world: World, actor: Actor | None, agent_id: str, **changes: object) -> None:
    world.do(actor, lambda tx: actions.change_agent(tx, tx.get(Agent, agent_id), **changes).id)


def _reset_password(world: World, actor: Actor, agent_id: str) -> None:
    world.do(actor, lambda tx: access.reset_password(tx, tx.get(Agent, agent_id), HASH, due=True))


def test_a_role_allows_what_it_holds_and_nothing_else(world: World, admin: Actor) -> None:
    role = _add(world, admin, [*READING, *READING])
    assert world.see(queries.permissions_of, role) == frozenset(READING)
    assert world.see(queries.permissions_of, "agent") == ROLES["agent"]
    assert world.see(queries.permissions_of, "nobody") == frozenset()


def test_the_three_roles_are_fixed(world: World, admin: Actor) -> None:
    for name in ROLES:
        with pytest.raises(RoleIsFixed):
            _change(world, admin, name, permissions=[])
        with pytest.raises(RoleIsFixed):
            _remove(world, admin, name)


def test_a_role_needs_a_name_of_its_own_and_permissions_that_there_are(world: World, admin: Actor) -> None:
    _add(world, admin, READING)
    with pytest.raises(RoleNameTaken):
        _add(world, admin, READING)
    other = _add(world, admin, READING, "Other")
    with pytest.raises(RoleNameTaken):
        _change(world, admin, other, name="Reader")
    with pytest.raises(UnknownPermission):
        _change(world, admin, other, permissions=["record.read", "record.burn"])


def test_nobody_gives_what_they_do_not_hold(world: World, admin: Actor, personnel: Actor) -> None:
    with pytest.raises(NotYoursToGive):
        _add(world, personnel, [*READING, "settings.manage"])
    strong = _add(world, admin, ["settings.manage", "record.read"], "Strong")
    with pytest.raises(NotYoursToGive):
        _change(world, personnel, strong, permissions=["settings.manage", "record.read", "record.edit_all"])
    _change(world, personnel, strong, name="As it was", permissions=["settings.manage"])
    for role in (strong, "supervisor", "administrator"):
        with pytest.raises(NotYoursToGive):
            _become(world, personnel, personnel.id, role=role)
        with pytest.raises(NotYoursToGive):
            world.do(
                personnel,
                lambda tx, role=role: (
                    actions.add_agent(tx, name="New", email="new@example.com", password_hash=HASH, role=role).id
                ),
            )
    assert len(world.all(Agent)) == 2


def test_nobody_takes_over_the_account_of_somebody_who_may_do_more(world: World, personnel: Actor) -> None:
    with pytest.raises(MayDoMoreThanYou):
        _reset_password(world, personnel, world.admin)
    with pytest.raises(MayDoMoreThanYou):
        world.do(personnel, access.put_out, world.admin)
    for change in ({"email": "mine@example.com"}, {"active": False}, {"role": "agent"}):
        with pytest.raises(MayDoMoreThanYou):
            _become(world, personnel, world.admin, **change)
    _become(world, personnel, world.admin, name="Ada Lovelace")
    equal = world.agent(role=world.all(CustomRole)[0].id, ready=False)
    _reset_password(world, personnel, equal.id)
    _become(world, personnel, equal.id, active=False)


def test_a_role_in_use_stays(world: World, admin: Actor) -> None:
    role = _add(world, admin, READING)
    reader = world.agent(role=role, ready=False)
    _become(world, admin, reader.id, active=False)
    with pytest.raises(RoleInUse):
        _remove(world, admin, role)
    _become(world, admin, reader.id, role="agent")
    _remove(world, admin, role)
    assert world.all(CustomRole) == []
    with pytest.raises(UnknownRole):
        _become(world, admin, reader.id, role=role)
    with pytest.raises(NotFound):
        _remove(world, admin, role)


def test_a_role_that_holds_everything_does_not_replace_the_last_administrator(world: World, admin: Actor) -> None:
    role = _add(world, admin, sorted(ROLES["administrator"]))
    world.agent(role=role, ready=False)
    with pytest.raises(actions.LastAdministrator):
        _become(world, admin, world.admin, role=role)


def test_roles_of_another_workspace_are_unknown_here(world: World, admin: Actor) -> None:
    other = make_world(world.units, "Beta")
    theirs = _add(other, None, READING)
    with pytest.raises(UnknownRole):
        _become(world, admin, world.agent(ready=False).id, role=theirs)
    with pytest.raises(NotFound):
        _change(world, admin, theirs, name="Ours")
    with pytest.raises(NotFound):
        _remove(world, admin, theirs)
    assert world.see(queries.permissions_of, theirs) == frozenset()
