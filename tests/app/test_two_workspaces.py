"""Nothing of one workspace can be read or changed from another, on no route (invariant 9)."""

import asyncio
import json
from typing import Any

from websockets.asyncio.client import connect

from helpline.core import Actor
from helpline.people.permissions import ROLES
from tests.app.every_route import (
    BODIES,
    DOCUMENTS,
    NOTHING_TO_SEND,
    PUBLIC,
    SOCKETS,
    UPLOADS,
    VISITOR,
    Call,
    calls,
    sockets,
)
from tests.app.furnished import everything, furnished, ids_in, token_for
from tests.running import PATIENCE, Running

SECRETS = ("Beta", "beta.example")
"""What the other workspace's texts have in them."""


class Strangers:
    """The administrator of Acme, who knows every id of Beta."""

    def __init__(self, running: Running) -> None:
        units = running.app.state.units
        self.ours, self.our_rows = furnished(units, "Acme")
        self.theirs, self.their_rows = furnished(units, "Beta")
        self.theirs.index()
        self.before = everything(self.theirs)
        self.hidden = ids_in(self.before)
        self.admin = Actor("agent", self.ours.workspace_id, self.ours.admin, "Ada", ROLES["administrator"])
        self.client = running.client(token_for(self.ours, self.admin))

    def ask(self, sent: dict[str, Any], *, may_be_empty: bool) -> None:
        """Refused, or answered with nothing of theirs."""
        answer = self.client.request(**sent)
        assert answer.status_code < 500, (sent, answer.text)
        if not may_be_empty:
            assert answer.status_code in {403, 404, 409, 422}, (sent, answer.status_code, answer.text)
        told = answer.text if answer.is_success else ""
        assert not [id for id in self.hidden if id in told], sent
        assert not [secret for secret in SECRETS if secret in answer.text], sent


def test_every_route_is_known_here(running: Running) -> None:
    there = {call.name for call in calls(running.app)}
    asked = {call.name for call in calls(running.app) if call.method == "GET"}
    assert set(BODIES) | UPLOADS | NOTHING_TO_SEND | VISITOR | PUBLIC | DOCUMENTS | asked == there
    assert sockets(running.app) == SOCKETS


def test_our_own_rows_answer_on_every_route(running: Running) -> None:
    # Without this the refusals below could have another cause than the stranger.
    world, rows = furnished(running.app.state.units, "Acme")
    admin = Actor("agent", world.workspace_id, world.admin, "Ada", ROLES["administrator"])
    spare = token_for(world, admin)
    mine = {**rows, "token": _token_of(running, spare)}
    client = running.client(token_for(world, admin))
    for call in _of_workspaces(running):
        answer = client.request(**call.request(mine))
        assert answer.is_success or answer.status_code in {409, 422}, (call.name, answer.text)


def test_their_ids_in_an_address_find_nothing(running: Running) -> None:
    strangers = Strangers(running)
    for call in _of_workspaces(running):
        if call.kind:
            sent = call.request(strangers.our_rows, id=strangers.their_rows[call.kind])
            strangers.ask(sent, may_be_empty=call.method == "GET")
    assert everything(strangers.theirs) == strangers.before


def test_their_ids_in_a_body_are_refused(running: Running) -> None:
    strangers = Strangers(running)
    for call in _of_workspaces(running):
        for field, kind in call.body_references.items():
            their = strangers.their_rows[kind]
            body = {field: [their] if field.endswith("_ids") else their, **_needed(call, field)}
            strangers.ask(call.request(strangers.our_rows, **body), may_be_empty=False)
    assert everything(strangers.theirs) == strangers.before


def test_lists_show_nothing_of_theirs_whatever_is_asked_for(running: Running) -> None:
    strangers = Strangers(running)
    for call in _of_workspaces(running):
        if call.method == "GET":
            sent = call.request(strangers.our_rows)
            strangers.ask(sent, may_be_empty=True)
            for field, kind in call.query_references.items():
                strangers.ask({**sent, "params": {field: strangers.their_rows[kind]}}, may_be_empty=True)
            strangers.ask({**sent, "params": {"q": "Beta", "view": "all"}}, may_be_empty=True)


def test_a_desk_that_watches_their_conversation_hears_nothing_of_it(running: Running) -> None:
    strangers = Strangers(running)
    asyncio.run(_watch(running, strangers))


def test_a_file_address_of_another_workspace_does_not_fit_ours(running: Running) -> None:
    strangers = Strangers(running)
    signer = running.app.state.signer
    file = strangers.their_rows["file"]
    mark = signer.mark("file", strangers.ours.workspace_id, file)
    answer = strangers.client.get(f"/files/{strangers.ours.workspace_id}/{file}/{mark}")
    assert answer.status_code == 404


async def _watch(running: Running, strangers: Strangers) -> None:
    their = strangers.their_rows["conversation"]
    headers = {"authorization": strangers.client.headers["authorization"]}
    async with connect(f"{running.ws_url}/api/live", additional_headers=headers) as desk:
        await desk.send(json.dumps({"type": "hello", "after": 0, "watch": [their]}))
        await desk.send(json.dumps({"type": "watch", "conversations": [their]}))
        await asyncio.to_thread(_move_both, strangers)
        while "the last word" not in (line := str(await asyncio.wait_for(desk.recv(), PATIENCE))):
            assert not [id for id in strangers.hidden if id in line]
            assert not [secret for secret in SECRETS if secret in line]


def _move_both(strangers: Strangers) -> None:
    strangers.theirs.write(strangers.theirs.visitor(), "Beta speaks")
    visitor = strangers.ours.visitor()
    strangers.ours.write(visitor, "the last word")


def _needed(call: Call, field: str) -> dict[str, Any]:
    """What must be said along with a reference to make sense of it."""
    if call.name == "PUT /api/me/availability":
        return {"state": "break"}
    return {"text": ""} if field == "file_ids" else {}


def _of_workspaces(running: Running) -> list[Call]:
    """The routes that agents use, those last that end something."""
    of_all = [call for call in calls(running.app) if call.permission not in {"public", "visitor", ""}]
    ends = ("/close", "/complete")
    return sorted(of_all, key=lambda call: (call.method == "DELETE", "{id}" not in call.path, call.path.endswith(ends)))


def _token_of(running: Running, token: str) -> str:
    return str(running.client(token).get("/api/tokens").json()[0]["id"])
