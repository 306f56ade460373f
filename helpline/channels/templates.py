"""A text that a provider approved, and what it says with the places in it filled."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

State = Literal["approved", "pending", "rejected", "paused", "disabled", "other"]
Head = Literal["", "image", "video", "document"]
_PLACE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}", re.ASCII)


class TemplateButton(msgspec.Struct, kw_only=True, frozen=True):
    """What can be tapped below a template."""

    kind: Literal["reply", "url", "phone", "code", "other"]
    text: str
    url: str = ""
    place: str = ""
    """What has to be filled in of it: the end of its link, or its code."""


class Template(msgspec.Struct, kw_only=True, frozen=True):
    """A text with places for words, in one language, as a provider knows it."""

    name: str
    language: str
    state: State
    text: str
    """All that the contact reads, with places as ``{{1}}`` or ``{{name}}``; in the header as ``{{header.1}}``."""
    places: list[str] = []
    """Their names: numbers in their order, words in which they come; of buttons ``url.0`` or ``code.1``, by their number."""
    head: Head = ""
    """The kind of file that stands above the text, and is chosen each time."""
    buttons: list[TemplateButton] = []
    beyond: Literal["", "header", "buttons"] = ""
    """What else of it would have to be filled, so that it cannot be sent from here."""


def places_in(text: str) -> list[str]:
    """The places of a text, each once."""
    found = list(dict.fromkeys(_PLACE.findall(text)))
    return sorted(found, key=int) if all(one.isdecimal() for one in found) else found


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with words in its places."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)
