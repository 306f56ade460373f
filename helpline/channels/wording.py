"""A message in plain words, for a channel that has no other way to say it: nothing of it is lost."""

from collections.abc import Mapping
from typing import Any

from .outbound import Outbound


def in_words(out: Outbound) -> str:
    """Its text; or, where it has none, the place, the people or the sticker that it is."""
    if out.text:
        return out.text
    place, cards, sticker = (out.details.get(name) for name in ("location", "cards", "sticker"))
    if place:
        return _place(place)
    if cards:
        return "\n\n".join(map(_card, cards))
    return _sticker(sticker) if sticker else ""


def _place(place: Mapping[str, Any]) -> str:
    at = f"mlat={place['latitude']}&mlon={place['longitude']}"
    named = dict.fromkeys(place[name] for name in ("name", "address") if place.get(name))
    return "\n".join([*named, f"https://www.openstreetmap.org/?{at}"])


def _card(card: Mapping[str, Any]) -> str:
    return "\n".join([card["name"], *card.get("phones", ()), *card.get("emails", ())])


def _sticker(sticker: Mapping[str, Any]) -> str:
    return str(sticker.get("emoji") or ", ".join(sticker.get("keywords", ())) or sticker.get("url") or sticker["id"])
