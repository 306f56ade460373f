"""The whole application in a thread, for tests that come from outside: HTTP, WebSocket, browser."""

import socket
import threading
import time
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, Self

import httpx
import uvicorn
from litestar import Litestar
from litestar.datastructures import State

from helpline.app.lifetime import Life, lifetime
from helpline.app.settings import Settings
from helpline.app.web import routed

PASSWORD = "a long enough password"
PATIENCE = 60
"""Seconds. Beside other tests a first answer may take longer than a program usually waits."""


class Routes:
    """All routes of the application, for one life after the other: to lay them takes most of the time that a start takes."""

    idle: dict[bool, list["Routes"]] = {False: [], True: []}
    """Those that nobody uses right now, without and with the pages of the demo."""

    def __init__(self, *, is_demo: bool) -> None:
        self.is_demo = is_demo
        self.app = routed(self._live, is_demo=is_demo)
        self.life: Life

    @classmethod
    def take(cls, life: Life, *, is_demo: bool) -> "Routes":
        """For a new life, which finds nothing of the one before."""
        taken = cls.idle[is_demo].pop() if cls.idle[is_demo] else cls(is_demo=is_demo)
        taken.life, taken.app.state = life, State()
        return taken

    def give_back(self) -> None:
        """The life is over."""
        self.idle[self.is_demo].append(self)

    def _live(self, app: Litestar) -> AbstractAsyncContextManager[None]:
        return self.life(app)


class Running:
    """A server on a free port."""

    def __init__(self, settings: Settings, *, demo_key: str = "", clock: Any = None) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.ws_url = f"ws://127.0.0.1:{self.port}"
        self.settings = settings
        self._routes = Routes.take(lifetime(settings, demo_key, clock), is_demo=bool(demo_key))
        self.app = self._routes.app
        config = uvicorn.Config(self.app, log_config=None, ws="websockets-sansio", timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._clients: list[httpx.Client] = []
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the server did not start")
            time.sleep(0.002)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients:
            client.close()
        if not self._thread.is_alive():
            return  # a test ended it already
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self._routes.give_back()

    def client(self, token: str = "") -> httpx.Client:
        """A program with this token, or nobody yet; closed with the server."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        # Nothing is encrypted here; to read the authorities of the whole world takes longer than the server's start.
        client = httpx.Client(base_url=self.url, headers=headers, timeout=PATIENCE, verify=False)
        self._clients.append(client)
        return client

    def set_up(self, name: str = "Acme") -> httpx.Client:
        """Make the first workspace; a client signed in as its administrator."""
        client = self.client()
        given = {"workspace_name": name, "name": "Ada", "email": "ada@example.com", "password": PASSWORD}
        answer = client.post("/api/setup", json=given)
        assert answer.status_code == 201, answer.text
        client.headers["x-csrf-token"] = answer.json()["csrf"]
        return client
