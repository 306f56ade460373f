"""A real HTTP server that answers as a test says, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Answering = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request."""

    body: bytes

    def do_POST(self) -> None:
        """Read it, and answer as the test says."""
        self.body = self.rfile.read(int(self.headers["content-length"]))
        listener: Listener = self.server.listener  # type: ignore[attr-defined]
        listener.heard.append((dict(self.headers), self.body))
        try:
            listener.answering(self)
        except (BrokenPipeError, ConnectionResetError):
            listener.hung_up.set()

    def do_GET(self) -> None:
        """Nothing is to be read."""
        self.body = b""
        listener: Listener = self.server.listener  # type: ignore[attr-defined]
        listener.answering(self)

    def say(self, body: Any, status: int = 200, **headers: str) -> None:
        """A whole answer at once."""
        said = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


class Listener:
    """Listens on a free port of this machine."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.hung_up = threading.Event()
        self.over = threading.Event()
        """Set at the end; who keeps a caller waiting waits for it."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
        self._server.daemon_threads = True
        self._server.listener = self  # type: ignore[attr-defined]
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/assign"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def keep_waiting(self, asked: Asked) -> None:
        """Never answer."""
        self.over.wait(30)

    def trickle(self, asked: Asked) -> None:
        """Answer with a byte at a time, for ever."""
        asked.send_response(200)
        asked.send_header("content-length", "100000")
        asked.end_headers()
        while not self.over.wait(0.05):
            asked.wfile.write(b" ")
            asked.wfile.flush()
