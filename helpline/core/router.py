"""Routes: a plain ``def`` is one transaction, an ``async def`` is edge code. Each names the permission it needs."""

import inspect
from collections.abc import Callable
from typing import Any, Literal

from litestar import Request, delete, get, patch, post, put
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi import ResponseSpec

from .actor import Actor
from .errors import Forbidden
from .shapes import Problem

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Connection = ASGIConnection[Any, Any, Any, Any]

PUBLIC = "public"
"""Open to everybody; the handler sees an actor without a workspace."""
SIGNED_IN = "signed_in"
"""Open to every agent, whatever the role: one's own profile and the like."""
VISITOR = "visitor"
"""Open to a visitor of the web chat, for what is theirs."""

_DECLARE = {"GET": get, "POST": post, "PUT": put, "PATCH": patch, "DELETE": delete}
_GIVEN = {"actor", "request"}
_REFUSALS = {
    400: "What was sent has the wrong form.",
    401: "Sign in first.",
    403: "You may not do this.",
    404: "There is no such thing here.",
    405: "This cannot be done with what is at this address.",
    409: "This no longer fits what is there.",
    413: "What was sent is too large.",
    415: "This kind of content is not taken.",
    422: "What was sent does not make sense.",
    429: "Too many in too short a time.",
    503: "This cannot be done right now.",
}

_PROBLEMS = {
    status: ResponseSpec(Problem, description=why, media_type="application/problem+json", generate_examples=False)
    for status, why in _REFUSALS.items()
}


class Routes:
    """The routes of one concept, collected for the application."""

    def __init__(self, *, tag: str, prefix: str = "/api") -> None:
        self.tag, self.prefix = tag, prefix
        self.handlers: list[HTTPRouteHandler] = []

    def get(self, path: str, *, permission: str, **options: Any) -> Callable[[Any], Any]:
        """A question. A ``def`` runs on a connection that cannot write."""
        return self._declare("GET", path, permission, options)

    def post(self, path: str, *, permission: str, **options: Any) -> Callable[[Any], Any]:
        """A change that makes something; answers 201 unless ``status`` says otherwise."""
        return self._declare("POST", path, permission, options)

    def put(self, path: str, *, permission: str, **options: Any) -> Callable[[Any], Any]:
        """A change that sets something whole."""
        return self._declare("PUT", path, permission, options)

    def patch(self, path: str, *, permission: str, **options: Any) -> Callable[[Any], Any]:
        """A change of some fields."""
        return self._declare("PATCH", path, permission, options)

    def delete(self, path: str, *, permission: str, **options: Any) -> Callable[[Any], Any]:
        """A removal; answers 204."""
        return self._declare("DELETE", path, permission, options)

    def _declare(self, method: Method, path: str, permission: str, options: dict[str, Any]) -> Callable[[Any], Any]:
        status = options.pop("status", None)
        if status is not None:
            options["status_code"] = status

        def declare(fn: Callable[..., Any]) -> Callable[..., Any]:
            wrap = _edge if inspect.iscoroutinefunction(fn) else _transaction
            handler = _DECLARE[method](
                path,
                opt={"permission": permission, "action": f"{fn.__module__}.{fn.__name__}"},
                operation_id=f"{fn.__module__.split('.')[1]}_{fn.__name__}",
                summary=(fn.__doc__ or fn.__name__).split("\n")[0].rstrip("."),
                description=inspect.getdoc(fn),
                tags=[self.tag],
                guards=[admit],
                responses=_PROBLEMS,
                **options,
            )
            self.handlers.append(handler(wrap(fn, method)))
            return fn

        return declare


async def admit(request: Connection, handler: BaseRouteHandler) -> None:
    """Let in who may do this, before anything of the body is read; ``Unauthenticated`` or ``Forbidden`` else."""
    permission = handler.opt["permission"]
    if permission == PUBLIC:
        request.scope["user"] = Actor("system", "")
        return
    actor: Actor = await request.app.state.identify(request, visitor=permission == VISITOR)
    if permission not in {SIGNED_IN, VISITOR} and not actor.may(permission):
        raise Forbidden(f"This needs the permission {permission}.", permission=permission)
    request.scope["user"] = actor


def _transaction(fn: Callable[..., Any], method: Method) -> Callable[..., Any]:
    """The whole of ``fn``, its answer included, as one unit of work."""
    _tx, *rest = inspect.signature(fn, eval_str=True).parameters.values()

    async def endpoint(request: Request[Any, Any, Any], **given: Any) -> Any:
        units = request.app.state.units
        run = units.read if method == "GET" else units.run
        return await run(request.scope["user"], fn, **given)

    return _dressed(endpoint, fn, rest)


def _edge(fn: Callable[..., Any], _method: Method) -> Callable[..., Any]:
    """``fn`` on the event loop, given ``actor`` and ``request`` where it asks for them."""
    parameters = list(inspect.signature(fn, eval_str=True).parameters.values())
    asked = {parameter.name for parameter in parameters} & _GIVEN

    async def endpoint(request: Request[Any, Any, Any], **given: Any) -> Any:
        extra = {"actor": request.scope["user"], "request": request}
        return await fn(**given, **{name: extra[name] for name in asked})

    return _dressed(endpoint, fn, [parameter for parameter in parameters if parameter.name not in _GIVEN])


def _dressed(endpoint: Callable[..., Any], fn: Callable[..., Any], rest: list[inspect.Parameter]) -> Callable[..., Any]:
    """Give ``endpoint`` the face of ``fn``, which is what Litestar reads to validate and to document."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    answer = inspect.signature(fn, eval_str=True).return_annotation
    asked = inspect.Parameter("request", keyword, annotation=Request)
    endpoint.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [asked, *(parameter.replace(kind=keyword) for parameter in rest)], return_annotation=answer
    )
    hints = {parameter.name: parameter.annotation for parameter in rest}
    endpoint.__annotations__ = {"request": Request, **hints, "return": answer}
    endpoint.__name__, endpoint.__qualname__ = fn.__name__, fn.__qualname__
    endpoint.__doc__, endpoint.__module__ = fn.__doc__, fn.__module__
    return endpoint
