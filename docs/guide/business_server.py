"""A server that says which team serves a conversation: an example, with nothing but Python's own library.

HELPLINE_SECRET=whsec_… HELPLINE_TEAMS=<team of our customers>,<team of others> python business_server.py [port]
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = os.environ["HELPLINE_SECRET"]
OURS, OTHERS = os.environ["HELPLINE_TEAMS"].split(",")


def is_from_helpline(headers: Message, body: bytes) -> bool:
    """Whether the call was signed with our secret, within the last five minutes."""
    id, sent_at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent_at.isdigit() or abs(time.time() - int(sent_at)) > 300:
        return False
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    right = base64.b64encode(hmac.new(key, f"{id}.{sent_at}.".encode() + body, hashlib.sha256).digest()).decode()
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(f"v1,{right}".encode(), one.encode()) for one in given)


def decide(asked: dict[str, Any]) -> dict[str, Any]:
    """Who shall serve it. Here stands what you know about your customers."""
    is_ours = asked["contact"]["email"].endswith("@example.com")
    return {"team_id": OURS if is_ours else OTHERS}


class Assign(BaseHTTPRequestHandler):
    """Answers each call."""

    def do_POST(self) -> None:
        """Check the signature, decide, answer."""
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if is_from_helpline(self.headers, body):
            self._answer(200, decide(json.loads(body)))
        else:
            self._answer(401, {"error": "not signed by Helpline"})

    def _answer(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8090
    ThreadingHTTPServer(("", port), Assign).serve_forever()
