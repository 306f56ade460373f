"""Errors as problem details (RFC 9457): a stable code, a sentence a person understands, and the field."""

from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.exceptions.http_exceptions import NotFoundException

from helpline.core import DomainError

log = structlog.get_logger()

_CODES = {
    400: "bad_request",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "wrong_media_type",
    422: "invalid",
    429: "too_many_requests",
}


def problem(request: Request[Any, Any, Any], status: int, code: str, detail: str, **extra: Any) -> Response[Any]:
    """An answer that says what is wrong."""
    body = {
        "type": f"urn:helpline:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        **extra,
        "request_id": request.scope.get("state", {}).get("request_id", ""),
    }
    return Response(content=msgspec.json.encode(body), status_code=status, media_type="application/problem+json")


def refused(request: Request[Any, Any, Any], error: DomainError) -> Response[Any]:
    """An action refused."""
    extra = dict(error.extra)
    if error.field:
        extra["field"] = error.field
    answer = problem(request, error.status, error.code(), error.message, **extra)
    if "retry_after" in extra:
        answer.headers["Retry-After"] = str(extra["retry_after"])
    return answer


def not_valid(request: Request[Any, Any, Any], error: ValidationException) -> Response[Any]:
    """What was sent has the wrong form."""
    errors = [
        {"field": str(item.get("key") or "body"), "detail": str(item.get("message", ""))}
        for item in (error.extra if isinstance(error.extra, list) else [])
        if isinstance(item, dict)
    ]
    if {"field": "data", "detail": "'data'"} in errors:  # so the framework says that there is none
        return problem(request, 400, "body_missing", "This needs a body of JSON, be it an empty object: {}.")
    detail = errors[0]["detail"] if errors else _sentence(error.detail)
    extra: dict[str, Any] = {"errors": errors}
    if errors:
        extra["field"] = errors[0]["field"]
    return problem(request, 400, "invalid_request", detail, **extra)


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Anything the web framework refuses: no such address, wrong method, body too large."""
    status = error.status_code
    detail = "There is nothing at this address." if isinstance(error, NotFoundException) else _sentence(error.detail)
    if status >= 500 and "client disconnected" in error.detail:
        return problem(
            request, 400, "bad_request", "The request broke off."
        )  # nobody hears it, and it is no fault of ours
    if status >= 500:
        return failed(request, error)
    return problem(request, status, _CODES.get(status, "refused"), detail)


def too_deep(request: Request[Any, Any, Any], _error: RecursionError) -> Response[Any]:
    """A body of brackets within brackets within brackets."""
    return problem(request, 400, "invalid_request", "What was sent is nested too deeply.")


def not_text(request: Request[Any, Any, Any], _error: UnicodeDecodeError) -> Response[Any]:
    """Bytes that are no UTF-8, where a text should be."""
    return problem(request, 400, "invalid_request", "What was sent is not UTF-8.")


def failed(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A fault of ours. The log has the whole story under the request's id; the answer does not tell it."""
    log.error("request failed", path=request.url.path, exc_info=error)
    return problem(request, 500, "internal_error", "Something went wrong here. It was logged; please try again.")


def _sentence(detail: str) -> str:
    return detail if detail.endswith(".") else f"{detail or 'This was refused'}."


HANDLERS: dict[Any, Any] = {
    DomainError: refused,
    ValidationException: not_valid,
    HTTPException: http_error,
    RecursionError: too_deep,
    UnicodeDecodeError: not_text,
    Exception: failed,
}
