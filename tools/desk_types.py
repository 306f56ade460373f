"""Writes the desk's types from the server's OpenAPI description, so that both always speak of the same shapes.

Run ``make docs`` after changing a shape; a test fails when the file is stale. What the live protocol adds is written by hand
in ``web/desk/src/api/protocol.ts``.
"""

import json
from pathlib import Path
from typing import Any

import typer

from helpline.app.settings import Settings
from helpline.app.web import create_app

FILE = Path(__file__).parents[1] / "web" / "desk" / "src" / "api" / "types.ts"
HEAD = """\
/** The wire shapes of the server. Written by tools/desk_types.py from its OpenAPI description; edits are lost. */

export * from './protocol';
"""
_NAMES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def types() -> str:
    """The whole file."""
    shapes = create_app(Settings()).openapi_schema.to_schema()["components"]["schemas"]
    return "\n".join([HEAD, *(_declared(name, shapes[name]) for name in sorted(shapes))])


def _declared(name: str, schema: dict[str, Any]) -> str:
    if schema.get("properties") == {}:
        return f"export type {name} = Record<string, never>;\n"
    if "properties" not in schema:
        return f"export type {name} = {_type(schema)};\n"
    required = set(schema.get("required", ()))
    lines = [
        f"  {field}{'' if field in required else '?'}: {_type(kind)};" for field, kind in schema["properties"].items()
    ]
    return "\n".join([f"export interface {name} {{", *lines, "}\n"])


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return _literal(schema["const"])
    if "enum" in schema:
        return _either(_literal(value) for value in schema["enum"])
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return _either(_type(one) for one in schema[several])
    kind = schema.get("type")
    if isinstance(kind, list):
        return _either(_type({**schema, "type": one}) for one in kind)
    if kind == "array":
        item = _type(schema.get("items", {}))
        return f"({item})[]" if " | " in item else f"{item}[]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"Record<string, {_type(inner) if isinstance(inner, dict) else 'unknown'}>"
    return _NAMES.get(str(kind), "unknown")


def _literal(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def _either(kinds: Any) -> str:
    return " | ".join(sorted(dict.fromkeys(kinds), key=lambda kind: kind == "null"))


def main() -> None:
    """Write the file if it changed."""
    made = types()
    if not FILE.exists() or FILE.read_text("utf-8") != made:
        FILE.write_text(made, "utf-8")
        typer.echo("web/desk/src/api/types.ts")


if __name__ == "__main__":
    main()
