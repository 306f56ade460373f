"""Who may call what: every route names a permission, refuses those without it, and admits those who have nothing else."""

import httpx
import pytest

from helpline.core import Actor
from helpline.people.permissions import PERMISSIONS, ROLES
from tests.app.every_route import DOCUMENTS, PUBLIC, VISITOR, calls
from tests.app.furnished import furnished, token_for
from tests.make import World
from tests.running import Running


def _client(running: Running, world: World, role: str) -> httpx.Client:
    somebody = world.agent(role=role, ready=False)
    return running.client(token_for(world, Actor("agent", world.workspace_id, somebody.id, somebody.name)))


def test_public_and_visitor_routes_are_the_listed_ones(running: Running) -> None:
    named = {call.name: call.permission for call in calls(running.app)}
    assert {name for name, permission in named.items() if permission == "public"} == PUBLIC
    assert {name for name, permission in named.items() if permission == "visitor"} == VISITOR
    assert {name for name, permission in named.items() if not permission} == DOCUMENTS
    assert set(named.values()) - {"public", "visitor", "signed_in", ""} <= set(PERMISSIONS)
    assert set().union(*ROLES.values()) == set(PERMISSIONS)


def test_nobody_is_let_in_without_signing_in(running: Running) -> None:
    _, rows = furnished(running.app.state.units, "Acme")
    client = running.client()
    for call in calls(running.app):
        if call.permission not in {"public", ""}:
            answer = client.request(**call.request(rows))
            assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in"), (call.name, answer.text)


def test_a_visitors_token_opens_no_route_of_agents_and_an_agents_none_of_visitors(running: Running) -> None:
    world, rows = furnished(running.app.state.units, "Acme")
    claims = {"w": world.workspace_id, "v": world.visitor().id, "c": world.channel}
    visitor = running.app.state.signer.seal("visitor", **claims)
    agent = token_for(world, world.agent(role="administrator"))
    for call in calls(running.app):
        if call.permission not in {"public", ""}:
            wrong = running.client(agent if call.permission == "visitor" else visitor)
            assert wrong.request(**call.request(rows)).status_code == 401, call.name


def test_a_route_opens_with_its_permission_and_only_with_it(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    world, rows = furnished(running.app.state.units, "Acme")
    for permission in PERMISSIONS:
        monkeypatch.setitem(ROLES, "lacking", frozenset(PERMISSIONS) - {permission})
        monkeypatch.setitem(ROLES, "limited", frozenset({permission}))
        lacking, limited = _client(running, world, "lacking"), _client(running, world, "limited")
        for call in calls(running.app):
            if call.permission == permission:
                refused = lacking.request(**call.request(rows))
                assert (refused.status_code, refused.json()["code"]) == (403, "forbidden"), call.name
                assert refused.json()["permission"] == permission
                admitted = limited.request(**call.request(rows))
                assert '"code":"forbidden"' not in admitted.text, call.name
