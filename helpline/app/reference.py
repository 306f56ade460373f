"""The API on one readable page, made from its OpenAPI description; nothing is loaded from elsewhere."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import Any

from litestar import MediaType, Request
from litestar.openapi.plugins import OpenAPIRenderPlugin

_METHODS = ("get", "post", "put", "patch", "delete")


class ReadablePage(OpenAPIRenderPlugin):
    """The API, readable, at /schema. The description itself is at /schema/openapi.json."""

    def __init__(self) -> None:
        super().__init__(path="/", media_type=MediaType.HTML)

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The page."""
        return readable(openapi_schema, permissions(request.app)).encode()


def permissions(app: Any) -> dict[tuple[str, str], str]:
    """(method, path) → the permission that the route names."""
    return {
        (method.lower(), route.path_format): handler.opt["permission"]
        for route in app.routes
        if hasattr(route, "route_handler_map")
        for method, handler in _handlers(route)
    }


def _handlers(route: Any) -> list[tuple[str, Any]]:
    pairs = []
    for method, entry in route.route_handler_map.items():
        handler = entry[0] if isinstance(entry, tuple) else entry
        if "permission" in handler.opt:
            pairs.append((str(method), handler))
    return pairs


def readable(schema: dict[str, Any], allowed: dict[tuple[str, str], str]) -> str:
    """The whole page."""
    by_tag: dict[str, list[str]] = {}
    for path, operations in schema["paths"].items():
        for method in _METHODS:
            if method in operations:
                operation = operations[method]
                tag = operation.get("tags", ["Other"])[0]
                by_tag.setdefault(tag, []).append(_operation(method, path, operation, allowed))
    shapes = schema.get("components", {}).get("schemas", {})
    index = "".join(f'<a href="#{escape(tag)}">{escape(tag)}</a> ' for tag in [*by_tag, "Shapes"])
    body = "".join(f'<h2 id="{escape(tag)}">{escape(tag)}</h2>{"".join(rows)}' for tag, rows in by_tag.items())
    body += '<h2 id="Shapes">Shapes</h2>' + "".join(_shape(name, shapes[name]) for name in sorted(shapes))
    info = schema["info"]
    head = f"<h1>{escape(info['title'])} {escape(info['version'])}</h1><p>{escape(info.get('description', ''))}</p>"
    note = '<p>For programs: <a href="/schema/openapi.json">openapi.json</a></p>'
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Helpline API</title><style>{_STYLE}</style><main>{head}{note}<nav>{index}</nav>{body}</main></html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any], allowed: dict[tuple[str, str], str]) -> str:
    permission = allowed.get((method, path), "")
    asked = "".join(
        f"<li><code>{escape(one['name'])}</code> <i>{_kind(one.get('schema', {}))}</i> "
        f"{'' if one.get('required') else 'optional '}{escape(one.get('description') or '')}</li>"
        for one in operation.get("parameters", [])
    )
    body = _content(operation.get("requestBody", {}))
    answers = "".join(
        f"<li>{escape(status)} {_content(answer) or escape(answer.get('description', ''))}</li>"
        for status, answer in operation.get("responses", {}).items()
        if status.startswith("2")
    )
    text = escape(operation.get("description") or operation.get("summary") or "")
    return (
        f"<section><h3><b>{method.upper()}</b> <code>{escape(path)}</code> <small>{escape(permission)}</small></h3>"
        f"<p>{text}</p><ul>{asked}{f'<li>body {body}</li>' if body else ''}{answers}</ul></section>"
    )


def _content(part: dict[str, Any]) -> str:
    return ", ".join(_kind(content.get("schema", {})) for content in part.get("content", {}).values())


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f'<a href="#{escape(name)}">{escape(name)}</a>'
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return " or ".join(_kind(one) for one in schema[several])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(escape(str(value)) for value in schema["enum"])
    return escape(str(schema.get("format") or schema.get("type") or "anything"))


def _shape(name: str, schema: dict[str, Any]) -> str:
    required = set(schema.get("required", []))
    rows = "".join(
        f"<li><code>{escape(field)}</code> <i>{_kind(kind)}</i>{'' if field in required else ' optional'} "
        f"{escape(kind.get('description') or '')}</li>"
        for field, kind in schema.get("properties", {}).items()
    )
    return f'<section><h3 id="{escape(name)}">{escape(name)}</h3><ul>{rows}</ul></section>'


_STYLE = """
:root{color-scheme:light dark;font:14px/1.45 system-ui,sans-serif}
main{max-width:60rem;margin:2rem auto;padding:0 1rem}
nav a{margin-inline-end:.75rem}h2{margin-top:2.5rem;border-bottom:1px solid #8884}
h3{font-size:1rem;margin:1.25rem 0 .25rem}h3 b{display:inline-block;min-width:4rem}
small{float:inline-end;font-weight:400;opacity:.75}section p{margin:.25rem 0}ul{margin:.25rem 0;padding-inline-start:1.25rem}
"""
REFERENCE_CSP = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""The page has one style sheet, which is in it, and nothing else."""
