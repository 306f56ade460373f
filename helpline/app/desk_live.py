"""The desk's WebSocket: say hello with the last seen number, hear what was missed, then whatever changes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Annotated, Any, Literal

import msgspec
import structlog
from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import websocket
from msgspec import Meta

from helpline.conversations import queries as conversations
from helpline.conversations.events import ConversationTransferred
from helpline.core import Actor, DomainError, NotFound, Tx, Units, new_id
from helpline.core.router import SIGNED_IN
from helpline.people import presence
from helpline.people.events import AgentChanged, AgentSignedOut, RoleChanged, TokenRevoked
from helpline.people.queries import teams_of

from .catching_up import missed_since, newest
from .hub import Hub, update_frame
from .keystrokes import Keystrokes
from .limits import TooManyRequests
from .looking import Looking
from .socket import BAD_FRAME, SIGNED_OUT, TOO_OFTEN, BadFrame, Socket

log = structlog.get_logger()

Ids = Annotated[list[str], Meta(max_length=50)]


class Hello(msgspec.Struct, tag="hello"):
    after: int | None = None
    watch: Ids = []


class Watch(msgspec.Struct, tag="watch"):
    conversations: Ids


class Typing(msgspec.Struct, tag="typing"):
    conversation_id: str
    visibility: Literal["public", "internal"]


class Ping(msgspec.Struct, tag="ping"):
    pass


Frame = Hello | Watch | Typing | Ping

SILENT_AT_MOST = 150
"""In seconds. A browser lets a window that nobody sees say something once a minute, and one such beat may be lost."""

CONCERNED = (AgentSignedOut, AgentChanged, RoleChanged, TokenRevoked, ConversationTransferred)
"""What may change who may hear what."""

_decode: Callable[[str | bytes], Frame] = msgspec.json.Decoder(Frame).decode


@websocket("/api/live", opt={"permission": SIGNED_IN})
async def desk_live(socket: WebSocket[Any, Any, Any]) -> None:
    """Live updates for the desk: of each kind of row to those who may ask for it."""
    state = socket.app.state
    await socket.accept()
    line = Socket(socket, speaks="desk", frames=state.limits.frames)
    try:
        line.actor = await state.identify.desk(socket)
        hello = await _next(line, within=10)
        if not isinstance(hello, Hello):
            raise BadFrame
        await Desk(line, state, partial(state.identify.desk, socket)).serve(hello)
    except TooManyRequests:
        line.close(TOO_OFTEN)
    except DomainError:
        line.close(SIGNED_OUT)
    except (BadFrame, TimeoutError):
        line.close(BAD_FRAME)
    except WebSocketDisconnect:
        pass
    finally:
        await line.finish()


class Desk:
    """One open desk of an agent."""

    def __init__(self, line: Socket, state: Any, identify: Callable[[], Awaitable[Actor]]) -> None:
        self._line, self._identify = line, identify
        self._hub: Hub = state.hub
        self._units: Units = state.units
        self._looking: Looking = state.looking
        self._keystrokes: Keystrokes = state.keystrokes
        self._node_id: str = state.node_id
        self._actor: Actor = line.actor
        self._id = new_id()
        self._watched: list[str] = []
        self._staying: asyncio.Future[None] | None = None
        self._regrouping = asyncio.Lock()
        line.workspace_id = self._actor.workspace_id

    async def serve(self, hello: Hello) -> None:
        """Until the client goes away."""
        self._hub.listen(self._listen, *CONCERNED)
        try:
            await self._watch(hello.watch)
            await self._hub.attach(self._actor.workspace_id)
            await self._units.run(self._actor, presence.connect, self._actor.id, self._id, self._node_id)
            await self._welcome(hello.after)
            while True:
                frame = await _next(self._line, within=SILENT_AT_MOST)
                if isinstance(frame, Watch):
                    await self._watch(frame.conversations)
                elif isinstance(frame, Typing):
                    await self._keystrokes.by_agent(self._line, frame.conversation_id, frame.visibility)
                elif isinstance(frame, Ping):
                    self._line.say(type="pong", seq=self._hub.newest(self._actor.workspace_id))
                else:
                    raise BadFrame
        finally:
            self._hub.unlisten(self._listen, *CONCERNED)
            self._stay_no_more()
            self._hub.leave(self._line)
            self._looking.leave(self._line)
            await asyncio.shield(self._units.run(self._actor, presence.disconnect, self._id))

    async def _welcome(self, after: int | None) -> None:
        if after is None:
            seq = await self._units.read(self._actor, newest)
            self._line.say(type="ready", seq=seq, resumed=False)
            return
        # Joined already, so what is committed while this is read arrives too; rows carry versions, so twice is no harm.
        missed = await self._units.read(self._actor, missed_since, after, frozenset(self._line.groups))
        self._line.say(type="ready", seq=missed.seq, resumed=missed.is_whole)
        if missed.updates:
            self._line.send(update_frame(missed.seq, missed.updates))

    async def _watch(self, watched: list[str]) -> None:
        self._watched = watched
        await self._regroup()

    async def _regroup(self) -> None:
        async with self._regrouping:  # what was read first must not be what counts in the end
            groups, looked_at = await self._units.read(self._actor, _groups, self._watched)
            self._hub.join(self._line, groups)
            self._looking.look(self._line, looked_at)

    def _listen(self, workspace_id: str, fact: Any) -> None:
        if workspace_id != self._actor.workspace_id:
            return
        if isinstance(fact, ConversationTransferred):
            concerned = fact.conversation_id in self._watched
        else:
            concerned = isinstance(fact, RoleChanged) or fact.agent_id == self._actor.id
        if concerned:
            self._stay_no_more()
            self._staying = asyncio.ensure_future(self._stay())

    def _stay_no_more(self) -> None:
        if self._staying is not None:
            self._staying.cancel()

    async def _stay(self) -> None:
        """Hear on, if still signed in, what one may hear now. With other permissions the desk asks anew who it is."""
        try:
            if (await self._identify()).permissions == self._actor.permissions:
                await self._regroup()
            else:
                self._line.close(SIGNED_OUT)
        except DomainError:
            self._line.close(SIGNED_OUT)


async def _next(line: Socket, within: float) -> Frame:
    try:
        return _decode(await line.hear(within))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise BadFrame from None


def _groups(tx: Tx, watched: list[str]) -> tuple[set[str], list[str]]:
    """The groups an agent's desk belongs to, and those of the watched conversations that they may see."""
    groups = {"everyone", f"agent:{tx.actor.id}"} | {f"team:{id}" for id in teams_of(tx, tx.actor.id)}
    if tx.actor.may("conversation.read_all"):
        groups.add("supervisors")
    if tx.actor.may("record.read_all"):
        groups.add("all_records")
    looked_at = []
    for id in watched if tx.actor.may("conversation.read") else ():
        with suppress(NotFound):
            looked_at.append(conversations.visible(tx, id).id)
    return groups | {f"conversation:{id}" for id in looked_at}, looked_at


__all__ = ["desk_live"]
