"""The templates of a business account, as Meta lists them and as 360dialog does."""

import re
from typing import Any, cast

import msgspec

from helpline.channels.templates import Head, State, Template, TemplateButton, places_in

PAGE = 100
MOST_PAGES = 60
"""A business has 6,000 templates at most."""
_STATES = {"approved", "pending", "rejected", "paused", "disabled"}
_FILES = {"IMAGE", "VIDEO", "DOCUMENT"}
_OPEN = re.compile(r"\{\{\s*(\w+)\s*\}\}", re.ASCII)


class Component(msgspec.Struct):
    """A part of a template."""

    type: str
    format: str = "TEXT"
    text: str | None = None
    buttons: list[dict[str, Any]] | None = None


class Listed(msgspec.Struct):
    """A template in the list."""

    name: str
    language: str
    status: str
    components: list[Component] = []


def template_in(told: Any) -> Template | None:
    """A template as the product knows it; nothing where it makes no sense."""
    try:
        one = msgspec.convert(told, Listed)
    except msgspec.ValidationError:
        return None
    parts = {part.type.upper(): part for part in one.components}
    texts = {kind: part.text or "" for kind, part in parts.items()}
    header, state = parts.get("HEADER"), one.status.lower()
    above = _OPEN.sub(r"{{header.\1}}", texts.get("HEADER", ""))
    head = header.format.upper() if header else "TEXT"
    buttons = _buttons(parts.get("BUTTONS"))
    asked = [*places_in(above), *places_in(texts.get("BODY", "")), *(one.place for one in buttons if one.place)]
    odd = (
        "header" if head not in {"TEXT", *_FILES} else "buttons" if any(one.kind == "other" for one in buttons) else ""
    )
    return Template(
        name=one.name,
        language=one.language,
        state=cast(State, state) if state in _STATES else "other",
        text="\n\n".join(filter(None, [above, texts.get("BODY"), texts.get("FOOTER")])),
        places=asked,
        head=cast(Head, head.lower()) if head in _FILES else "",
        buttons=buttons,
        beyond=odd,  # type: ignore[arg-type]
    )


def _buttons(part: Component | None) -> list[TemplateButton]:
    return [_button(number, given) for number, given in enumerate((part and part.buttons) or [])]


def _button(number: int, given: dict[str, Any]) -> TemplateButton:
    kind, text, url = str(given.get("type", "")).upper(), str(given.get("text") or ""), str(given.get("url") or "")
    if kind == "URL":
        return TemplateButton(kind="url", text=text, url=url, place=f"url.{number}" if places_in(url) else "")
    if kind == "COPY_CODE":
        return TemplateButton(kind="code", text=text or "Copy offer code", place=f"code.{number}")
    plain = {"QUICK_REPLY": "reply", "PHONE_NUMBER": "phone"}
    return TemplateButton(kind=plain.get(kind, "other"), text=text)  # type: ignore[arg-type]
