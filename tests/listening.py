"""Both WebSockets from the client's side."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

Frame = dict[str, Any]
SOON = 60
"""Seconds. Beside other tests an answer may take longer than usual."""


class Server(Protocol):
    """Where a server listens."""

    url: str
    ws_url: str


def say(socket: ClientConnection, **frame: Any) -> None:
    """Send a frame."""
    socket.send(json.dumps(frame))


def until(socket: ClientConnection, fits: Callable[[Frame], Any]) -> Any:
    """What ``fits`` finds in the first frame in which it finds something."""
    while True:
        found = fits(json.loads(socket.recv(SOON)))
        if found:
            return found


def of_type(kind: str) -> Callable[[Frame], Frame | None]:
    """A frame of this type."""
    return lambda frame: frame if frame["type"] == kind else None


def upserted(kind: str) -> Callable[[Frame], Any]:
    """Rows of this kind in an update."""
    return lambda frame: frame.get("upsert", {}).get(kind)


def code_of(socket: ClientConnection) -> int | None:
    """The code with which the server closes; nothing when it went without a word."""
    try:
        while True:
            socket.recv(SOON)
    except ConnectionClosed:
        return socket.close_code


def desk_socket(running: Server, client: httpx.Client, **headers: str) -> connect:
    """A desk of somebody who is signed in, before it said hello."""
    cookie = f"helpline_session={client.cookies.get('helpline_session', '')}"
    sent = {"cookie": cookie, "origin": running.url, **headers}
    return connect(f"{running.ws_url}/api/live", additional_headers=sent)


@contextmanager
def open_desk(
    running: Server, client: httpx.Client, after: int | None = None
) -> Iterator[tuple[ClientConnection, Frame]]:
    """A desk that said hello, and what it was welcomed with."""
    with desk_socket(running, client) as socket:
        say(socket, type="hello", after=after, watch=[])
        yield socket, until(socket, of_type("ready"))


@contextmanager
def open_chat(running: Server, token: str, **hello: Any) -> Iterator[tuple[ClientConnection, Frame]]:
    """A visitor's window that said hello, and the view it got."""
    with connect(f"{running.ws_url}/api/webchat/live") as socket:
        say(socket, type="hello", token=token, **hello)
        yield socket, until(socket, of_type("snapshot"))


def eventually(holds: Callable[[], Any], within: float = 60) -> Any:
    """What ``holds`` gives, asked again until it is something."""
    until = time.monotonic() + within
    while not (found := holds()):
        assert time.monotonic() < until, f"not within {within} seconds"
        time.sleep(0.05)
    return found


def new_visitor(running: Server, admin: httpx.Client, name: str = "Amara") -> str:
    """The token of a visitor of the first web chat."""
    key = admin.get("/api/channels").json()[0]["public_key"]
    return str(
        httpx.post(f"{running.url}/api/webchat/{key}/visitors", json={"name": name}, timeout=SOON).json()["token"]
    )
