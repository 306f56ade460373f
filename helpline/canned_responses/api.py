"""Routes about canned responses."""

from typing import Any

from helpline.core import Tx
from helpline.core.router import Routes
from helpline.core.shapes import given

from . import actions, queries
from .shapes import CannedResponseChange, CannedResponseIn, CannedResponseOut, canned_response_out

routes = Routes(tag="Canned responses")


@routes.get("/canned-responses", permission="conversation.reply")
def canned_responses(tx: Tx) -> list[CannedResponseOut]:
    """The canned responses you may insert, by shortcut; those switched off too."""
    return [canned_response_out(row) for row in queries.readable(tx)]


@routes.post("/canned-responses", permission="conversation.reply")
def add(tx: Tx, data: CannedResponseIn) -> CannedResponseOut:
    """Write a canned response: for yourself, or with `canned_response.manage` for teams or everybody."""
    values: dict[str, Any] = given(data)
    return canned_response_out(actions.add(tx, **values))


@routes.patch("/canned-responses/{id:str}", permission="conversation.reply")
def change(tx: Tx, id: str, data: CannedResponseChange) -> CannedResponseOut:
    """Change a canned response; switched off, it is no longer offered."""
    return canned_response_out(actions.change(tx, id, **given(data)))


@routes.post("/canned-responses/{id:str}/use", permission="conversation.reply", status=204)
def use(tx: Tx, id: str) -> None:
    """Say that you inserted it; what is used often is offered first."""
    actions.use(tx, id)
