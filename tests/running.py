"""The whole application in a thread, for tests that come from outside: HTTP, WebSocket, browser."""

import socket
import threading
import time
from types import TracebackType
from typing import Any, Self

import httpx
import uvicorn

from helpline.app.settings import Settings
from helpline.app.web import create_app

PASSWORD = "a long enough password"
PATIENCE = 30
"""Seconds. Beside other tests a first answer may take longer than a program usually waits."""


class Running:
    """A server on a free port."""

    def __init__(self, settings: Settings, **options: Any) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.ws_url = f"ws://127.0.0.1:{self.port}"
        self.settings = settings
        self.app = create_app(settings, **options)
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
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def client(self, token: str = "") -> httpx.Client:
        """A program with this token, or nobody yet; closed with the server."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._clients.append(httpx.Client(base_url=self.url, headers=headers, timeout=PATIENCE))
        return self._clients[-1]

    def set_up(self, name: str = "Acme") -> httpx.Client:
        """Make the first workspace; a client signed in as its administrator."""
        client = self.client()
        given = {"workspace_name": name, "name": "Ada", "email": "ada@example.com", "password": PASSWORD}
        answer = client.post("/api/setup", json=given)
        assert answer.status_code == 201, answer.text
        client.headers["x-csrf-token"] = answer.json()["csrf"]
        return client
