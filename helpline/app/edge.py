"""What every request passes: an id for the log, security headers, and leave for other sites to talk to the web chat."""

import time
from collections.abc import Awaitable
from typing import Any, cast

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from helpline.core import new_id

from .reference import REFERENCE_CSP

log = structlog.get_logger()

_COMBOBOX = "'sha256-0sLsI2a+NIcumVvBF9zD/ArGqlZR2xfnxsALPmK7nj8='"
"""The one style sheet that a part of the desk (reka-ui's combobox) puts into the page by itself."""
DESK_CSP = (
    f"default-src 'self'; img-src 'self' data: blob:; style-src 'self' {_COMBOBOX}; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'"
)
_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"content-security-policy", DESK_CSP.encode()),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_FOR_OTHER_SITES = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
    (b"access-control-allow-headers", b"authorization, content-type"),
    (b"access-control-max-age", b"86400"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
_OF_THE_REFERENCE = (b"content-security-policy", REFERENCE_CSP.encode())
_FOR_OURSELVES = [(b"cross-origin-resource-policy", b"same-origin")]
_ONLY_ENCRYPTED = [(b"strict-transport-security", b"max-age=31536000")]
_KEPT_NOWHERE = [(b"cache-control", b"no-store")]
_OPEN = ("/api/webchat/", "/widget", "/files/")
"""Addresses that pages of other sites may read. They never look at a cookie, so there is nothing to steal."""


def edge(app: ASGIApp) -> ASGIApp:
    """Wrap the application. Nothing wraps a WebSocket: each layer around one costs memory for as long as it is open."""

    async def wrapped(scope: HTTPScope, receive: Receive, send: Send) -> None:
        path, method, began = scope["path"], str(scope["method"]), time.perf_counter()
        request_id = new_id()
        is_head = method == "HEAD" and not path.startswith("/api/")
        if is_head:  # a page is asked for, but not its body; nobody else has to know
            scope = cast(HTTPScope, {**scope, "method": "GET"})
        scope.setdefault("state", {})["request_id"] = request_id
        is_open = path.startswith(_OPEN)
        if is_open and method == "OPTIONS":
            await send({"type": "http.response.start", "status": 204, "headers": _FOR_OTHER_SITES})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return None
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_headers(scope, message["headers"], request_id, is_open)
            elif is_head:
                message = cast(Message, {**message, "body": b""})
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                return await app(scope, receive, answer)
            finally:
                took = (time.perf_counter() - began) * 1000
                say = log.info if status >= 500 or status == 403 else log.debug
                if "litestar_app" in scope:
                    metrics = scope["litestar_app"].state.metrics
                    metrics.request(method, scope.get("path_template", ""), status, began)
                say("request", method=method, path=path, status=status, ms=round(took, 1))

    def either(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        return app(scope, receive, send) if scope["type"] != ScopeType.HTTP else wrapped(scope, receive, send)

    return either


def _with_headers(scope: Any, given: Any, request_id: str, is_open: bool) -> list[tuple[bytes, bytes]]:
    headers, path = list(given), scope["path"]
    names = {name.lower() for name, _ in headers}
    wanted = [*_ALWAYS, *(_FOR_OTHER_SITES if is_open else _FOR_OURSELVES)]
    if path.startswith("/schema"):
        wanted.insert(0, _OF_THE_REFERENCE)
    if path.startswith("/api/"):
        wanted += _KEPT_NOWHERE
    if scope["scheme"] == "https":
        wanted += _ONLY_ENCRYPTED
    for pair in wanted:
        if pair[0] not in names:
            names.add(pair[0])
            headers.append(pair)
    headers.append((b"x-request-id", request_id.encode()))
    return headers
