"""Asking a simulated provider without a network."""

import json
from typing import Any

from helpline.app.simulating_channels.exchange import Asked, Said
from helpline.app.simulating_channels.provider import Provider


def ask(provider: Provider, method: str, path: str, body: Any = None, **headers: str) -> Said:
    """One request; names of headers with ``_`` for ``-``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    if raw and "content-type" not in named:
        named["content-type"] = "application/json"
    return provider.answer(Asked(method=method, path=path, headers=named, body=raw))


def told(said: Said) -> Any:
    """What an answer says."""
    return json.loads(said.body)
