"""Routes about the templates of channels."""

from typing import Any

from litestar import Request

from helpline.core import Actor, Tx
from helpline.core.router import Routes
from helpline.core.tokens import CannotUnlock

from . import approvals
from .approvals import TemplatesNotFetched, TemplatesOut
from .contract import Failed

routes = Routes(tag="Channels")


@routes.get("/channels/{id:str}/templates", permission="settings.read")
def known(tx: Tx, id: str) -> TemplatesOut:
    """The texts that the channel's provider approved or is to approve, as they were fetched last."""
    return approvals.known(tx, id)


@routes.post("/channels/{id:str}/templates", permission="settings.manage", status=200)
async def fetch(actor: Actor, request: Request[Any, Any, Any], id: str) -> TemplatesOut:
    """Fetch the templates from the channel's provider; they take the place of those that were known."""
    await request.app.state.limits.hit("test_channel", actor.workspace_id)
    await request.app.state.units.read(actor, approvals.known, id)
    try:
        found = await request.app.state.lines.templates(actor.workspace_id, id)
    except Failed as failed:
        why = failed.detail or failed.kind
        raise TemplatesNotFetched(f"{TemplatesNotFetched.__doc__} {why}", why=why) from failed
    except CannotUnlock as error:
        raise TemplatesNotFetched from error
    return await request.app.state.units.run(actor, approvals.keep, id, found)  # type: ignore[no-any-return]
