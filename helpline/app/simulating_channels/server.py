"""The simulated providers on a port of this machine, each below its name (``/line`` …), and the customers' phones at ``/``."""

import socket
import threading
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

import httpx
import uvicorn

from .exchange import Asked, Said
from .hooks import Sealed
from .phones import Phones
from .provider import HungUp, Provider

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Simulators:
    """An ASGI application."""

    def __init__(self, providers: Mapping[str, Provider]) -> None:
        self.providers = providers
        self._phones = Phones(providers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        asked = await _asked(scope, receive)
        if (page := self._phones.answer(asked)) is not None:
            await _say(send, page)
            return
        name, _, path = asked.path.lstrip("/").partition("/")
        provider = self.providers.get(name)
        if provider is None:
            await _say(send, Said(404, b"No such provider."))
            return
        headers = {**asked.headers, "x-prefix": f"/{name}"}
        try:
            said = provider.answer(
                Asked(method=asked.method, path=f"/{path}", query=asked.query, headers=headers, body=asked.body)
            )
        except HungUp:
            # An answer that is begun and not ended: the connection is closed on it.
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
            return
        await _say(send, said)


class Server:
    """Answers in a thread while it is entered."""

    def __init__(self, providers: Mapping[str, Provider], port: int = 0) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(Simulators(providers), log_config=None, lifespan="off", timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the simulators did not start")
        return self

    def wait(self) -> None:
        """Until it is interrupted."""
        self._thread.join()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


class Courier:
    """Tells Helpline what happens at a provider, as soon as it does, while it is entered; tests tell it themselves instead."""

    def __init__(self, provider: Provider) -> None:
        self._provider, self._over = provider, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        with httpx.Client(timeout=10) as client:
            while not self._over.is_set():
                if not self._provider.hooks.url:
                    self._over.wait(0.5)
                elif self._provider.hooks.wait(0.5):
                    statuses = self._provider.hooks.deliver(posting(client))
                    if any(not 200 <= status < 300 for status in statuses):
                        self._over.wait(2)


def posting(client: httpx.Client) -> Callable[[str, Sealed], int]:
    """A way to tell hooks, by this client; 0 when nobody answers."""

    def post(url: str, sealed: Sealed) -> int:
        try:
            return client.post(url, content=sealed.body, headers=dict(sealed.headers)).status_code
        except httpx.HTTPError:
            return 0

    return post


async def _asked(scope: Scope, receive: Receive) -> Asked:
    body = bytearray()
    while (part := await receive())["type"] == "http.request":
        body += part.get("body", b"")
        if not part.get("more_body"):
            break
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    return Asked(method=scope["method"], path=scope["path"], query=query, headers=headers, body=bytes(body))


async def _say(send: Send, said: Said) -> None:
    headers = [(name.encode(), value.encode()) for name, value in said.headers.items()]
    headers.append((b"content-length", str(len(said.body)).encode()))
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    await send({"type": "http.response.body", "body": said.body})
