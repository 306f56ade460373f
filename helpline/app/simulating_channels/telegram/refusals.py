"""How Telegram says no."""

from typing import Any

from ..exchange import Refusal, Said, as_json

KINDS = {400: "Bad Request: ", 401: "", 403: "Forbidden: ", 404: "", 409: "Conflict: ", 413: "", 429: ""}


def refused(description: str, code: int, **parameters: Any) -> Said:
    """An answer that is none."""
    told: dict[str, Any] = {"ok": False, "error_code": code, "description": KINDS[code] + description}
    if parameters:
        told["parameters"] = parameters
    return as_json(told, code)


def bad(description: str, code: int = 400, **parameters: Any) -> Refusal:
    """The same, to be raised."""
    return Refusal(refused(description, code, **parameters))
