"""Which fields of a section name a row, so that it is looked for when it is set, and named when it is given out."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints

from msgspec import Meta, Struct

from helpline.calendars.models import Calendar
from helpline.core import Invalid, Scoped, Tx
from helpline.people import Team

TeamId = Annotated[str, Meta(max_length=36, extra={"refers_to": "team"})]
"""The id of a team, or empty for none; also within a list, or as the key of a mapping."""
CalendarId = Annotated[str, Meta(max_length=36, extra={"refers_to": "calendar"})]

MODELS: dict[str, type[Scoped]] = {"team": Team, "calendar": Calendar}


class UnknownSetting(Invalid):
    """What this setting names does not exist here."""


@cache
def references(section: type[Struct]) -> dict[str, str]:
    """Field → what its ids are of."""
    hints = get_type_hints(section, include_extras=True)
    found = {name: _refers_to(hint) for name, hint in hints.items()}
    return {name: kind for name, kind in found.items() if kind}


def renamed(value: Any, rename: Callable[[str], str]) -> Any:
    """The value of such a field with each id in it, or each name, as ``rename`` has it."""
    if isinstance(value, dict):
        return {rename(one): said for one, said in value.items()}
    return [rename(one) for one in value] if isinstance(value, list) else value and rename(value)


def check_references(tx: Tx, section: str, shape: type[Struct], fields: dict[str, Any]) -> None:
    """Refuse what names a row that is not here."""
    for name, kind in references(shape).items():
        value = fields.get(name) or []
        for id in value if isinstance(value, list | dict) else [value]:
            if tx.find(MODELS[kind], id) is None:
                raise UnknownSetting(f"There is no {kind} {id!r} here.", field=f"{section}.{name}")


def _refers_to(hint: Any) -> str | None:
    for meta in getattr(hint, "__metadata__", ()):
        if isinstance(meta, Meta) and meta.extra and "refers_to" in meta.extra:
            return str(meta.extra["refers_to"])
    return next((kind for part in get_args(hint) if (kind := _refers_to(part))), None)
