"""Whether what is filled into a template fits it: words, the file at its head, what its buttons need."""

import re
from collections.abc import Callable
from typing import Any

from . import messages
from .refusals import bad

VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
LONGEST_HEADER, LONGEST_CODE = 60, 15
_NEEDS = {"URL": ("url", "text"), "COPY_CODE": ("copy_code", "coupon_code"), "QUICK_REPLY": ("quick_reply", "payload")}


def words(parameter: dict[str, Any]) -> str:
    kind = parameter.get("type")
    if kind == "text" and isinstance(parameter.get("text"), str):
        words: str = parameter["text"]
    elif kind in {"currency", "date_time"} and isinstance(parameter.get(kind), dict):
        words = str(parameter[kind].get("fallback_value", ""))
    else:
        raise bad(132012, "Parameter of type text is missing text value")
    if re.search(r"[\n\t]| {5,}", words):
        raise bad(132007, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
    return words


def check_header(header: str, sent: messages.Template, is_there: Callable[[str], bool]) -> None:
    """Words for its place, or the file of its kind."""
    given = [part for part in sent.components if part.type == "header"]
    parameters = given[0].parameters if given else []
    if header in {"IMAGE", "VIDEO", "DOCUMENT"}:
        kind = header.lower()
        file = parameters[0].get(kind) if len(parameters) == 1 and parameters[0].get("type") == kind else None
        if not isinstance(file, dict):
            raise bad(132012, f"header: Format mismatch, expected {header}, received UNKNOWN")
        if bool(file.get("id")) == bool(file.get("link")) or set(file) - {"id", "link", "filename"}:
            raise bad(131009, "Exactly one of id and link is needed")
        if file.get("id") and not is_there(str(file["id"])):
            raise bad(131009, f"Media ID {file['id']} does not exist")
        return
    count = len(set(VARIABLE.findall(header)))
    if len(parameters) != count:
        told = f"header: number of localizable_params ({len(parameters)}) does not match the expected number of params"
        raise bad(132000, f"{told} ({count})")
    filled = list(map(words, parameters))
    if len(VARIABLE.sub(lambda _: filled[0], header)) > LONGEST_HEADER:
        raise bad(132005, "Translated text too long: header")


def check_buttons(buttons: list[dict[str, Any]], sent: messages.Template) -> None:
    """The end of a link that is different each time, a code to copy; what is said by tapping may have a payload."""
    given = {str(part.index): part for part in sent.components if part.type == "button"}
    for number, button in enumerate(buttons):
        part, kind = given.pop(str(number), None), str(button["type"])
        is_needed = kind == "COPY_CODE" or (kind == "URL" and bool(VARIABLE.search(button["url"])))
        if part is None:
            if is_needed:
                raise bad(131008, f"buttons: Button at index {number} of type {kind} requires a parameter")
            continue
        if kind not in _NEEDS or (kind == "URL" and not is_needed):
            raise bad(132012, f"buttons: Button at index {number} of type {kind} does not require parameters")
        _check_button(number, *_NEEDS[kind], part)
    if given:
        raise bad(132012, f"buttons: There is no button at index {', '.join(given)}")


def _check_button(number: int, sub_type: str, wanted: str, part: messages.Component) -> None:
    if part.sub_type != sub_type:
        raise bad(132012, f"buttons: Button at index {number} is not of type {part.sub_type}")
    told = part.parameters[0] if len(part.parameters) == 1 else {}
    if sub_type == "quick_reply" and told.get("type") in {"payload", "text"}:
        return  # what it says is not looked at: the examples have words there, and even true and false
    value = told.get(wanted)
    if told.get("type") != wanted or not isinstance(value, str) or not value or set(told) - {"type", wanted}:
        raise bad(132012, f"buttons: Button at index {number} needs one parameter of type {wanted}")
    if wanted == "coupon_code" and len(value) > LONGEST_CODE:
        raise bad(132012, f"buttons: coupon_code of button at index {number} is too long")
    if wanted == "text" and re.search(r"\s", value):
        raise bad(132012, f"buttons: url of button at index {number} is not valid")
