"""A channel of your own: an example, with nothing but Python's own library. Customers here are whoever calls /say.

HELPLINE_SECRET=whsec_… HELPLINE_HOOK=<the address on the channel's page> python own_channel.py [port]
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
import uuid
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import Request, urlopen

SECRET, HOOK = os.environ["HELPLINE_SECRET"], os.environ["HELPLINE_HOOK"]
KEY = base64.b64decode(SECRET.removeprefix("whsec_"))
SEEN: set[str] = set()
"""The messages we were given: the same one may come again, with the same id. Keep them where a restart does not lose them."""


def signature(id: str, at: str, body: bytes) -> str:
    """What vouches for a call, theirs or ours."""
    return "v1," + base64.b64encode(hmac.new(KEY, f"{id}.{at}.".encode() + body, hashlib.sha256).digest()).decode()


def is_from_helpline(headers: Message, body: bytes) -> bool:
    """Whether the call was signed with our secret, within the last five minutes."""
    id, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > 300:
        return False
    right = signature(id, at, body).encode()
    return any(hmac.compare_digest(right, one.encode()) for one in headers.get("webhook-signature", "").split())


def tell(*events: dict[str, Any]) -> None:
    """Tell Helpline what happened. When this returns, it is kept there; when it raises, tell it again, with the same ids."""
    body = json.dumps({"events": events}).encode()
    id, at = f"msg_{uuid.uuid4()}", str(int(time.time()))
    headers = {"webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature(id, at, body)}
    with urlopen(Request(HOOK, body, headers), timeout=10):  # noqa: S310 - our own address
        pass


def give(call: dict[str, Any]) -> str:
    """Give a customer what an agent wrote, once; what it is called here."""
    if call["type"] != "message":
        return ""
    id = str(call["data"]["id"])
    if id not in SEEN:
        SEEN.add(id)
        sys.stdout.write(f"to {call['data']['to']}: {call['data']['text']}\n")
        sys.stdout.flush()
    return id


class Program(BaseHTTPRequestHandler):
    """Takes what Helpline sends, and what customers say."""

    def do_POST(self) -> None:
        """A call of Helpline, or a customer's words."""
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path == "/say":
            said = json.loads(body)
            sender = {"address": said["from"], "name": said.get("name", "")}
            tell({"type": "message", "id": str(uuid.uuid4()), "from": sender, "text": said["text"]})
            self._answer(200, {})
        elif is_from_helpline(self.headers, body):
            self._answer(200, {"id": give(json.loads(body))})
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
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8091
    ThreadingHTTPServer(("", port), Program).serve_forever()
