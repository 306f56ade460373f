"""Routes for the widget. They answer pages of other sites, so they carry a token and never a cookie."""

from typing import Any

from litestar import Request

from helpline.conversations.visitor_shapes import VisitorMessage, VisitorView
from helpline.core import Actor
from helpline.core.router import PUBLIC, VISITOR, Routes
from helpline.files.api import Upload, keep
from helpline.files.rules import LARGEST
from helpline.files.shapes import FileOut

from . import actions, introducing
from .shapes import ChoiceIn, IdentityIn, RatingIn, VisitorIn, VisitorMessageIn, VisitorOut, WebchatOut

routes = Routes(tag="Web chat", prefix="/api/webchat")


async def _entered(request: Request[Any, Any, Any], key: str) -> actions.Webchat:
    webchat = await request.app.state.channels.by_key(key)
    webchat.check(request.headers.get("origin"), request.headers.get("host", ""))
    return webchat  # type: ignore[no-any-return]


async def _own(request: Request[Any, Any, Any], actor: Actor) -> actions.Webchat:
    webchat = await request.app.state.channels.by_id(actor.workspace_id, actor.channel_id)
    webchat.check(request.headers.get("origin"), request.headers.get("host", ""))
    return webchat  # type: ignore[no-any-return]


@routes.get("/conversation", permission=VISITOR)
async def conversation(
    actor: Actor, request: Request[Any, Any, Any], conversation_id: str | None = None, after: int = 0
) -> VisitorView:
    """The visitor's latest conversation, with what came after `after`."""
    await request.app.state.limits.hit("visitor_asks", actor.id)
    await _own(request, actor)
    return await request.app.state.units.read(  # type: ignore[no-any-return]
        actor, actions.view, conversation_id=conversation_id, after=after
    )


@routes.post("/messages", permission=VISITOR)
async def write(actor: Actor, request: Request[Any, Any, Any], data: VisitorMessageIn) -> VisitorMessage:
    """Write a message. `id` is made by the client: sent twice, it is one message. It is durable when this answers."""
    await request.app.state.limits.hit("visitor_message", actor.id)
    webchat = await _own(request, actor)
    return await request.app.state.units.run(actor, actions.write, webchat, data)  # type: ignore[no-any-return]


@routes.post("/identity", permission=VISITOR, status=200)
async def introduce(actor: Actor, request: Request[Any, Any, Any], data: IdentityIn) -> VisitorView:
    """Say who the visitor is. With a `signature` the site vouches for it, and they are the contact with this `id`."""
    await request.app.state.limits.hit("visitor_acts", actor.id)
    webchat = await _own(request, actor)
    units, signer = request.app.state.units, request.app.state.signer
    secret = signer.derive("identity", webchat.line.channel_id, str(webchat.identity_version))
    await units.run(actor, introducing.introduce, data, verified=introducing.check(secret, data))
    return await units.read(actor, actions.view)  # type: ignore[no-any-return]


@routes.post("/files", permission=VISITOR, request_max_body_size=2 * LARGEST)
async def upload(actor: Actor, request: Request[Any, Any, Any], data: Upload) -> FileOut:
    """Upload a file, to be sent with a message afterwards."""
    address = request.client.host if request.client else ""
    for limit in ("visitor_upload", "visitor_uploads"):
        await request.app.state.limits.hit(limit, actor.id)
    for limit in ("upload_from_address", "uploads_from_address"):
        await request.app.state.limits.hit(limit, address)
    await _own(request, actor)
    return await keep(actor, request, data)


@routes.post("/close", permission=VISITOR, status=200)
async def close(actor: Actor, request: Request[Any, Any, Any]) -> VisitorView:
    """End the conversation."""
    await request.app.state.limits.hit("visitor_acts", actor.id)
    await _own(request, actor)
    return await request.app.state.units.run(actor, actions.leave)  # type: ignore[no-any-return]


@routes.post("/rating", permission=VISITOR, status=200)
async def rate(actor: Actor, request: Request[Any, Any, Any], data: RatingIn) -> VisitorView:
    """Rate a conversation one was asked to rate; once, and in time."""
    await request.app.state.limits.hit("visitor_acts", actor.id)
    await _own(request, actor)
    return await request.app.state.units.run(actor, actions.rate, data)  # type: ignore[no-any-return]


@routes.post("/team", permission=VISITOR, status=200)
async def choose(actor: Actor, request: Request[Any, Any, Any], data: ChoiceIn) -> VisitorView:
    """Choose a team from the card, where one is shown. What was chosen first holds."""
    await request.app.state.limits.hit("visitor_acts", actor.id)
    await _own(request, actor)
    return await request.app.state.units.run(actor, actions.choose, data)  # type: ignore[no-any-return]


@routes.get("/{key:str}", permission=PUBLIC)
async def webchat(request: Request[Any, Any, Any], key: str) -> WebchatOut:
    """How the widget looks and greets."""
    found = await _entered(request, key)
    form = found.form if found.form.active else None
    looks = {name: getattr(found, name) for name in WebchatOut.__struct_fields__ if name != "form"}
    return WebchatOut(**looks, form=form)


@routes.post("/{key:str}/visitors", permission=PUBLIC)
async def enter(request: Request[Any, Any, Any], key: str, data: VisitorIn) -> VisitorOut:
    """Become a visitor; the token is what one is known by from then on."""
    found, state = await _entered(request, key), request.app.state
    await state.limits.hit("enter_from_address", request.client.host if request.client else "")
    await state.limits.hit("enter_channel", found.line.channel_id)
    workspace_id = state.channels.workspace_of(key)
    agent = request.headers.get("user-agent", "")
    visitor_id = await state.units.run(Actor.system(workspace_id), actions.enter, found.line.channel_id, data, agent)
    token = state.signer.seal("visitor", w=workspace_id, v=visitor_id, c=found.line.channel_id)
    return VisitorOut(token=token, visitor_id=visitor_id)
