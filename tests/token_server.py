"""A server that gives access tokens for a refresh token, and tells mail servers whether a token is good (RFC 6749, RFC 7662)."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class Tokens:
    """What it gave, and whether it goes on giving."""

    def __init__(self) -> None:
        self.good: set[str] = set()
        self.given, self.asked = 0, 0
        self.withdrawn = False
        self.grant, self.rotates = "a grant", False
        """What it takes for a token, and whether it gives another one with each, and ends the one before."""
        self.port = 0

    def token(self, asked: dict[str, str]) -> tuple[int, dict[str, object]]:
        """The answer to a request for a token."""
        self.asked += 1
        if asked.get("client_secret") != "client's secret":
            return 401, {"error": "invalid_client"}
        if self.withdrawn or (asked["grant_type"], asked["refresh_token"]) != ("refresh_token", self.grant):
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        self.given += 1
        self.good.add(f"token-{self.given}")
        told: dict[str, object] = {"access_token": f"token-{self.given}", "expires_in": 3600, "token_type": "Bearer"}
        if self.rotates:
            self.grant = f"grant {self.given}"
            told["refresh_token"] = self.grant
        return 200, told

    def introspected(self, asked: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Whether a token is good, and whose."""
        return 200, {"active": asked.get("token") in self.good, "username": "help"}


@contextmanager
def token_server() -> Iterator[Tokens]:
    """It, on a port of its own."""
    tokens = Tokens()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            asked = {name: values[0] for name, values in parse_qs(body).items()}
            status, told = (tokens.token if self.path == "/token" else tokens.introspected)(asked)
            said = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tokens.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield tokens
    finally:
        server.shutdown()
        server.server_close()
