"""The whole OpenAPI description, filled in by chance: no fault of ours, and every answer is as described."""

from collections.abc import Callable
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from helpline.core import Actor
from helpline.people.permissions import ROLES
from tests.app.every_route import calls
from tests.app.furnished import furnished, token_for
from tests.make import World
from tests.running import Running

CHECKS = [not_a_server_error, content_type_conformance, status_code_conformance, response_schema_conformance]
EXAMPLES = 4
"""Of each route, for each of those who ask and each kind of data; hypothesis finds more with a larger number."""


def _administrator(running: Running, world: World) -> str:
    return token_for(world, Actor("agent", world.workspace_id, world.admin, "Ada", ROLES["administrator"]))


def _visitor(running: Running, world: World) -> str:
    claims = {"w": world.workspace_id, "v": world.visitor().id, "c": world.channel}
    return str(running.app.state.signer.seal("visitor", **claims))


def _nobody(running: Running, world: World) -> str:
    return ""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", [_administrator, _visitor, _nobody])
def test_no_request_finds_a_fault(running: Running, who: Callable[[Running, World], str]) -> None:
    world, rows = furnished(running.app.state.units, "Acme")
    token = who(running, world)
    headers = {"authorization": f"Bearer {token}"} if token else {}
    schema = schemathesis.openapi.from_dict(running.app.openapi_schema.to_schema())
    schema.config.update(base_url=running.url)
    known = {(call.method, call.path): call for call in calls(running.app)}
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        call = known[operation.method.upper(), operation.path]
        if _is_for(who, call.permission):
            asked += 1
            id = rows.get(call.kind or "", "") if call.permission not in {"public", "visitor"} else ""
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _ask(operation, mode, headers, id)
    assert asked >= 4


def _is_for(who: Any, permission: str) -> bool:
    mine = {_visitor: {"visitor"}, _nobody: {"public"}}.get(who)
    return permission in mine if mine else permission not in {"visitor", "public"}


def _ask(operation: Any, mode: GenerationMode, headers: dict[str, str], id: str) -> None:
    @hypothesis.settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
    def ask(case: Any, known: bool) -> None:
        if known and id and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = id
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS if answer.status_code != 204 else [not_a_server_error])

    ask()
