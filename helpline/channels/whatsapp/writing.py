"""A message as WhatsApp takes it."""

from collections.abc import Mapping
from typing import Any

from helpline.channels.outbound import Outbound, OutFile
from helpline.channels.signs import React, Read, Sign, Typing
from helpline.channels.wording import in_words

_TITLE, _ROW, _ROW_MORE, _BODY = 20, 24, 72, 1024
_MOST_BUTTONS = 3
_CHOOSE = "▾"


def message_for(out: Outbound, file_id: str = "") -> dict[str, Any]:
    """What is asked to send it; ``file_id`` is WhatsApp's for the file that was brought there before."""
    kind, part = _content(out, file_id)
    told: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": out.to}
    if out.quoted is not None:
        told["context"] = {"message_id": out.quoted.external_id}
    return {**told, "type": kind, kind: part}


def shown(sign: Sign) -> dict[str, Any] | None:
    """What is asked to show what is no message. Who is seen to write has read: the one is not to be had without the other."""
    if isinstance(sign, React):
        part = {"message_id": sign.about.external_id, "emoji": sign.emoji}
        told = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": sign.to}
        return {**told, "type": "reaction", "reaction": part}
    if not isinstance(sign, Read | Typing):
        return None
    told = {"messaging_product": "whatsapp", "status": "read", "message_id": sign.about.external_id}
    return {**told, "typing_indicator": {"type": "text"}} if isinstance(sign, Typing) else told


def kind_of(file: OutFile) -> str:
    """What WhatsApp calls a file of this type."""
    kind = file.media_type.partition("/")[0]
    return kind if kind in {"image", "video", "audio"} else "document"


def _content(out: Outbound, file_id: str) -> tuple[str, Any]:
    if template := out.details.get("template"):
        return "template", _template(template, out.files[0] if out.files else None, file_id)
    if out.files:
        return _file(out.files[0], file_id, out.text)
    if (place := out.details.get("location")) and not out.text:
        at = {"latitude": place["latitude"], "longitude": place["longitude"]}
        return "location", at | {name: place[name] for name in ("name", "address") if place.get(name)}
    if (cards := out.details.get("cards")) and not out.text:
        return "contacts", [_card(one) for one in cards]
    if out.choices and out.text:
        return "interactive", _choices(out.text, out.choices)
    return "text", {"body": in_words(out)}


def _file(file: OutFile, file_id: str, text: str) -> tuple[str, Any]:
    kind = kind_of(file)
    part = {"id": file_id}
    if kind == "document":
        part["filename"] = file.name[:240]
    if text and kind != "audio":
        part["caption"] = text[:1024]
    return kind, part


def _template(template: Mapping[str, Any], file: OutFile | None, file_id: str) -> dict[str, Any]:
    told: dict[str, Any] = {"name": template["name"], "language": {"code": template.get("language") or "en"}}
    values: dict[str, str] = template.get("values") or {}
    components: list[dict[str, Any]] = []
    if file is not None:
        kind, part = _file(file, file_id, "")
        components.append({"type": "header", "parameters": [{"type": kind, kind: part}]})
    if above := {place.removeprefix("header."): values[place] for place in values if place.startswith("header.")}:
        components.append({"type": "header", "parameters": _words(above)})
    if text := {place: values[place] for place in values if "." not in place}:
        components.append({"type": "body", "parameters": _words(text)})
    components += [_filled(place, value) for place, value in values.items() if place.startswith(("url.", "code."))]
    return {**told, "components": components} if components else told


def _words(values: Mapping[str, str]) -> list[dict[str, str]]:
    """What stands in the places of a text, in their order or with their names."""
    numbered = all(one.isdecimal() for one in values)
    places = sorted(values, key=int) if numbered else list(values)
    return [{"type": "text", "text": values[one]} | ({} if numbered else {"parameter_name": one}) for one in places]


def _filled(place: str, value: str) -> dict[str, Any]:
    """A button: the end of its link, or the code that it copies."""
    kind, _, number = place.partition(".")
    if kind == "url":
        return {"type": "button", "sub_type": "url", "index": number, "parameters": [{"type": "text", "text": value}]}
    code = [{"type": "coupon_code", "coupon_code": value}]
    return {"type": "button", "sub_type": "copy_code", "index": number, "parameters": code}


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"name": {"formatted_name": card["name"], "first_name": card["name"]}}
    if phones := card.get("phones"):
        told["phones"] = [{"phone": one} for one in phones]
    if emails := card.get("emails"):
        told["emails"] = [{"email": one} for one in emails]
    return told


def _choices(text: str, choices: tuple[str, ...]) -> dict[str, Any]:
    """Buttons where all fit on some, else a list. What is chosen comes back by its title."""
    if len(choices) <= _MOST_BUTTONS and all(len(one) <= _TITLE for one in choices) and len(text) <= _BODY:
        buttons = [{"type": "reply", "reply": {"id": one, "title": one}} for one in choices]
        return {"type": "button", "body": {"text": text}, "action": {"buttons": buttons}}
    rows = [_row(one) for one in choices[:10]]
    return {"type": "list", "body": {"text": text}, "action": {"button": _CHOOSE, "sections": [{"rows": rows}]}}


def _row(choice: str) -> dict[str, Any]:
    row = {"id": choice[:200], "title": choice[:_ROW]}
    if len(choice) > _ROW:
        row["title"] = choice[: _ROW - 1] + "…"
        row["description"] = choice[:_ROW_MORE]
    return row
