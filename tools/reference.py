"""Writes ``docs/reference/``: settings, permissions, facts, routes, errors and commands, each from the code that has them.

Run ``uv run python tools/reference.py`` after changing one of these; a test fails when a page is stale.
"""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import typer
import typer.main

import helpline
from helpline.app.cli.main import cli
from helpline.app.consequences import CONSEQUENCES
from helpline.app.settings import Settings
from helpline.app.web import create_app
from helpline.channels.reasons import Reason
from helpline.core import DomainError, Fact
from helpline.people.permissions import PERMISSIONS, ROLES

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
NOTE = "<!-- Written by tools/reference.py; edits are lost. -->"
OPEN_TO = {
    "public": "Everybody, without signing in.",
    "signed_in": "Every agent, whatever the role.",
    "visitor": "A visitor of the web chat, for what is theirs.",
}


def pages() -> dict[str, str]:
    """Every page by its file name."""
    import_all()
    made = {
        "settings.md": settings(),
        "permissions.md": permissions(),
        "facts.md": facts(),
        "api.md": api(),
        "errors.md": errors(),
        "cli.md": commands(),
        "channel-errors.md": channel_errors(),
    }
    return {name: f"{NOTE}\n\n{text.strip()}\n" for name, text in made.items()}


def settings() -> str:
    """Everything that can be set."""
    told = docstrings_of_fields(Settings)
    rows = [
        (f"`{field}`", f"`HELPLINE_{field.upper()}`", _code(str(default)), told.get(field, ""))
        for field, default in zip(Settings.__struct_fields__, _defaults(), strict=True)
    ]
    return (
        "# Settings\n\nEach can be given as a flag (where the command has it, see [cli.md](cli.md)), as a variable, or in a "
        "TOML file named by `--config`. The first of these that says something counts.\n\n"
        + table(("in TOML", "variable", "default", "what it does"), rows)
    )


def permissions() -> str:
    """Every permission, who has it, and where it is asked for."""
    asked: dict[str, list[str]] = {}
    for method, path, handler in routes():
        asked.setdefault(handler.opt["permission"], []).append(f"`{method} {path}`")
    rows = [(f"`{name}`", told, _roles(name), "<br>".join(asked.get(name, []))) for name, told in PERMISSIONS.items()]
    others = [(f"`{name}`", told, "", "<br>".join(asked.get(name, []))) for name, told in OPEN_TO.items()]
    return (
        "# Permissions\n\nEvery route names the one permission that it needs. A role is a set of permissions.\n\n"
        + table(("permission", "what it allows", "roles", "routes"), rows)
        + "\n\nRoutes that ask for no permission say so by one of these words:\n\n"
        + table(("word", "open to", "", "routes"), others)
    )


def facts() -> str:
    """Every fact, its fields, and what follows from it."""
    sections: dict[str, list[str]] = {}
    for fact in all_facts():
        concept = fact.__module__.split(".")[1].replace("_", " ").capitalize()
        lines = [f"### `{fact.topic()}`", "", f"{one_line(fact)}", ""]
        lines += [f"- `{field.name}`: {_type(field.type)}" for field in fields(fact)]
        follows = [
            f"`{react.__module__.split('.')[1]}.{react.__name__}`"
            for kind in fact.__mro__
            for react in (CONSEQUENCES.get(kind, ()) if issubclass(kind, Fact) else ())
        ]
        lines += ["", f"Then: {', '.join(follows) or 'nothing'}."]
        sections.setdefault(concept, []).append("\n".join(lines))
    told = "\n\n".join("\n\n".join([f"## {concept}", *found]) for concept, found in sorted(sections.items()))
    return (
        "# Facts\n\nWhat happened, written in the transaction of its cause, numbered 1, 2, 3 … in each workspace and never "
        "changed. *Then* names the reactions that run in the same transaction, in their order.\n\n" + told
    )


def api() -> str:
    """Every route by tag."""
    by_tag: dict[str, list[tuple[str, ...]]] = {}
    for method, path, handler in routes():
        tags = list(handler.tags or ())
        if tags:
            row = (f"`{method} {path}`", f"{handler.summary}.", f"`{handler.opt['permission']}`")
            by_tag.setdefault(tags[0], []).append(row)
    head = ("route", "what it does", "permission")
    return (
        "# Routes\n\nA running Helpline shows them with all their fields at `/schema`; the OpenAPI description is at "
        "`/schema/openapi.json`. Programs send `Authorization: Bearer hl_…` with a token from their profile. Live updates "
        "come over the WebSockets `/api/live` (desk) and `/api/webchat/live` (visitors). Refusals are problem details with "
        "a stable `code`: see [errors.md](errors.md).\n\n"
        + "\n\n".join(f"## {tag}\n\n{table(head, rows)}" for tag, rows in sorted(by_tag.items()))
    )


def errors() -> str:
    """Every refusal by its code."""
    rows = [(f"`{error.code()}`", str(error.status), one_line(error)) for error in all_errors()]
    return (
        "# Errors\n\nA refusal is answered as `application/problem+json`. Its `code` is stable; its `detail` is a sentence for "
        "a person, most often the one below.\n\n" + table(("code", "status", "sentence"), sorted(set(rows)))
    )


def channel_errors() -> str:
    """What each provider's errors are taken for."""
    rows = [(f"`{one}`", one.meaning, _done_about(one)) for one in Reason]
    kinds = ("whatsapp", "messenger", "line", "telegram", "sms", "email")
    tables = {kind: importlib.import_module(f"helpline.channels.{kind}.errors").ERRORS for kind in kinds}
    told = "\n\n".join(f"## {kind}\n\n{_errors_of(known)}" for kind, known in tables.items())
    return (
        "# Errors of channels\n\nWhy a message did not reach its contact: whatever a provider says is led back to one of these, "
        "in the answer to a call as in a later report. Agents read the reason, the provider's own words, and what to do.\n\n"
        + table(("reason", "meaning", "what is done"), rows)
        + "\n\nWhat has none of the codes below is read by its status: 429 is `busy`, 408, 425 and 5xx `down`, 401 `token`, 402 "
        "`payment`, 403 `permission`, 413 `too_long`, all else `not_understood`. A channel of one's own is read in this way, 410 "
        "as `blocked_us`; so is SMS by another provider than Twilio. Where a server on the way gave up and the provider itself "
        "said nothing, the message may have arrived: unless the provider tells duplicates apart, it is not sent again by itself."
        "\n\n" + told
    )


def _errors_of(known: Any) -> str:
    if isinstance(known, dict):
        rows = [(f"`{_dashed(code)}`", one.said, f"`{one.reason}`") for code, one in known.items()]
        return table(("code", "the provider's words", "reason"), rows)
    rows = [(f"`{one.status}`", one.words or "all else", f"`{one.reason}`") for one in known]
    return table(("status", "the provider's words", "reason"), rows)


def _dashed(code: Any) -> str:
    """Such as 10/2018278, of a code and what is below it."""
    return "/".join(str(part) for part in code if part) if isinstance(code, tuple) else str(code)


def _done_about(reason: Reason) -> str:
    done = {
        "temporary": "tried again, later each time",
        "auth": "tried again each minute; the channel is shown as fallen",
        "window_closed": "failed, until they write",
        "blocked": "failed, until they want it",
    }
    return done.get(reason.kind, "failed; an agent can send it again")


def commands() -> str:
    """Every command with its options."""
    return "# Commands\n\n" + "\n\n".join(_command(typer.main.get_command(cli), "helpline"))


def _command(command: Any, name: str) -> Iterator[str]:
    inner = getattr(command, "commands", None)
    rows = [
        (f"`{', '.join(one.opts) if one.param_type_name == 'option' else one.name}`", _default(one), one.help or "")
        for one in command.params
        if getattr(one, "help", None)
    ]
    listed = "\n\n" + table(("option", "default", "what it does"), rows) if rows else ""
    yield f"## `{name}`\n\n{(command.help or '').strip()}{listed}"
    for word, sub in (inner or {}).items():
        yield from _command(sub, f"{name} {word}")


def _default(parameter: Any) -> str:
    if parameter.required:
        return "asked for" if getattr(parameter, "prompt", None) else "has to be given"
    return "" if parameter.default in (None, False) else _code(str(parameter.default))


def routes() -> list[tuple[str, str, Any]]:
    """(method, path, handler) of every route that names a permission, in the order of their addresses."""
    found = []
    for route in create_app(Settings()).routes:
        for method, entry in getattr(route, "route_handler_map", {}).items():
            handler = entry[0] if isinstance(entry, tuple) else entry
            if "permission" in handler.opt and getattr(handler, "include_in_schema", True) is not False:
                found.append((str(method), route.path_format, handler))
    return sorted(found, key=lambda one: (one[1], one[0]))


def import_all() -> None:
    """Load every module, so that every subclass is known."""
    for module in pkgutil.walk_packages(helpline.__path__, "helpline."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def all_facts() -> list[type[Fact]]:
    """The facts that are stated; not the kinds they are grouped under."""
    return sorted((one for one in subclasses(Fact) if not one.__subclasses__()), key=lambda one: one.topic())


def all_errors() -> list[type[DomainError]]:
    """The refusals of the product, with their kinds."""
    return sorted(subclasses(DomainError), key=lambda one: one.code())


def subclasses(base: Any) -> list[Any]:
    """All of them, at any depth, of the product."""
    found = [deeper for one in base.__subclasses__() for deeper in (one, *subclasses(one))]
    return [one for one in dict.fromkeys(found) if one.__module__.startswith("helpline.")]


def docstrings_of_fields(kind: type) -> dict[str, str]:
    """What stands below each field of a class."""
    [body] = [
        node.body for node in ast.parse(textwrap.dedent(inspect.getsource(kind))).body if isinstance(node, ast.ClassDef)
    ]
    return {
        field.target.id: " ".join(str(text.value.value).split())
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    }


def one_line(thing: Any) -> str:
    """Its own docstring, on one line; nothing when it has none of its own."""
    own = thing.__dict__.get("__doc__") if isinstance(thing, type) else thing.__doc__
    return " ".join((own or "").split())


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(head)]
    lines += [["---"] * len(lines[0]), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _roles(permission: str) -> str:
    return ", ".join(role for role, held in ROLES.items() if permission in held)


def _defaults() -> list[Any]:
    return [getattr(Settings(), field) for field in Settings.__struct_fields__]


def _type(kind: Any) -> str:
    return f"`{kind.__name__ if isinstance(kind, type) else kind}`"


def _code(text: str) -> str:
    return f"`{text}`" if text else "empty"


def main() -> None:
    """Write the pages that changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            typer.echo(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
