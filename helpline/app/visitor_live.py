"""The widget's WebSocket: say hello with the token and the last seen message, write, and hear the answers."""

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

import msgspec
from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import websocket
from msgspec import Meta

from helpline.conversations.shapes import ClientId, Text
from helpline.core import DomainError, Unauthenticated
from helpline.webchat import actions
from helpline.webchat.shapes import Answers, Page, VisitorMessageIn

from .limits import TooManyRequests
from .opening_hours import Hours
from .socket import BAD_FRAME, SIGNED_OUT, BadFrame, Socket


class Hello(msgspec.Struct, tag="hello"):
    token: str
    conversation_id: str | None = None
    after: Annotated[int, Meta(ge=0)] = 0


class Send(msgspec.Struct, tag="send"):
    id: ClientId
    text: Text = ""
    file_ids: Annotated[list[str], Meta(max_length=10)] = []
    page: Page = ""
    form: Answers = {}


class PageSeen(msgspec.Struct, tag="page"):
    url: Page


class Seen(msgspec.Struct, tag="seen"):
    seq: Annotated[int, Meta(ge=0, le=2**31 - 1)]


class Typing(msgspec.Struct, tag="typing"):
    pass


class Ping(msgspec.Struct, tag="ping"):
    pass


Frame = Hello | Send | PageSeen | Seen | Typing | Ping


class RefusedMessage(Exception):
    """A message that cannot be taken as it is; the connection is fine."""

    def __init__(self, id: str, why: str) -> None:
        super().__init__(why)
        self.id = id


_decode: Callable[[str | bytes], Frame] = msgspec.json.Decoder(Frame).decode


@websocket("/api/webchat/live", opt={"permission": "visitor"})
async def visitor_live(socket: WebSocket[Any, Any, Any]) -> None:
    """Live web chat for a visitor."""
    await socket.accept()
    state = socket.app.state
    line = Socket(socket, speaks="visitor", frames=state.limits.frames)
    try:
        await _welcome(line, socket)
        while True:
            await _take(line, state)
    except Unauthenticated:
        line.close(SIGNED_OUT)
    except DomainError as error:
        line.say(type="error", id="", code=error.code(), detail=error.message)
        line.close(BAD_FRAME)
    except (BadFrame, RefusedMessage, TimeoutError):
        line.close(BAD_FRAME)
    except WebSocketDisconnect:
        pass
    finally:
        state.hub.leave(line)
        await line.finish()


async def _welcome(line: Socket, socket: WebSocket[Any, Any, Any]) -> None:
    """Hear the hello and answer it. What is needed for that alone is let go before the long silence of most visitors."""
    state, hello = socket.app.state, await _next(line, within=10)
    if not isinstance(hello, Hello):
        raise BadFrame
    line.actor = actor = state.identify.visitor(hello.token)
    webchat = await state.channels.by_id(actor.workspace_id, actor.channel_id)
    webchat.check(_header(socket, b"origin"), _header(socket, b"host") or "")
    line.workspace_id = actor.workspace_id
    # Joined before the view is read: what is said meanwhile arrives twice at worst, and the widget knows it by its place.
    state.hub.join(line, {f"visitor:{actor.id}"})
    await state.hub.attach(actor.workspace_id)
    view = await state.units.read(actor, actions.view, conversation_id=hello.conversation_id, after=hello.after)
    told = {"visitor": view.visitor, "conversation": view.conversation, "messages": view.messages}
    line.say(type="snapshot", hours=Hours.of(webchat), **told)


def _header(socket: WebSocket[Any, Any, Any], name: bytes) -> str | None:
    # Not `socket.headers`: it would keep a copy of all of them for as long as the socket is open.
    return next((value.decode("latin-1") for key, value in socket.scope["headers"] if key == name), None)


async def _take(line: Socket, state: Any) -> None:
    """One frame after the welcome."""
    try:
        frame = await _next(line, within=120)
    except RefusedMessage as refused:
        line.say(type="error", id=refused.id, code="invalid_request", detail=str(refused))
        return
    if isinstance(frame, Send):
        await _write(line, state, frame)
    elif isinstance(frame, PageSeen):
        await _look_at(line, state, frame)
    elif isinstance(frame, Seen):
        await state.units.run(line.actor, actions.have_read, frame.seq)
    elif isinstance(frame, Typing):
        await state.keystrokes.by_visitor(line)
    elif isinstance(frame, Ping):
        line.say(type="pong")
    else:
        raise BadFrame


async def _look_at(line: Socket, state: Any, frame: PageSeen) -> None:
    with suppress(TooManyRequests):  # whoever leafs that fast is shown where they are a little later
        await state.limits.hit("visitor_pages", line.actor.id)
        await state.units.run(line.actor, actions.look_at, frame.url)


async def _write(line: Socket, state: Any, frame: Send) -> None:
    try:
        await state.limits.hit("visitor_message", line.actor.id)
        webchat = await state.channels.by_id(line.actor.workspace_id, line.actor.channel_id)
        said = VisitorMessageIn(**{name: getattr(frame, name) for name in Send.__struct_fields__})
        message = await state.units.run(line.actor, actions.write, webchat, said)
        line.say(type="ack", id=frame.id, message=message)
    except DomainError as error:
        line.say(type="error", id=frame.id, code=error.code(), detail=error.message)


async def _next(line: Socket, within: float) -> Frame:
    text = await line.hear(within)
    try:
        return _decode(text)
    except msgspec.ValidationError as error:
        raise _refusal_of(text, error) from None
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise BadFrame from None


def _refusal_of(text: str | bytes, error: msgspec.ValidationError) -> Exception:
    """A message that is too long, or the like, is refused by its id; anything else is not our protocol."""
    try:
        frame = msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError):
        return BadFrame()
    if isinstance(frame, dict) and frame.get("type") == "send" and isinstance(frame.get("id"), str):
        return RefusedMessage(frame["id"][:64], f"{error}.")
    return BadFrame()
