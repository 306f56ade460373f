"""A message as LINE takes it. What it has no kind for goes as a link."""

from collections.abc import Mapping
from typing import Any

from helpline.channels.outbound import Outbound, OutFile
from helpline.channels.wording import in_words

_LARGEST = 10 * 1024 * 1024
_LABEL = 20


def message_for(out: Outbound) -> dict[str, Any]:
    """The one message that it is."""
    message = _content(out)
    token = out.quoted.tokens.get("quote") if out.quoted else None
    if token and message["type"] in {"text", "sticker"}:
        message["quoteToken"] = token
    if out.choices:
        message["quickReply"] = {"items": [_choice(one) for one in out.choices[:13]]}
    return message


def _content(out: Outbound) -> dict[str, Any]:
    if out.files:
        return _file(out.files[0], out.text)
    if (place := out.details.get("location")) and not out.text:
        return _place(place)
    if (sticker := out.details.get("sticker")) and sticker.get("package") and not out.text:
        return {"type": "sticker", "packageId": str(sticker["package"]), "stickerId": str(sticker["id"])}
    return {"type": "text", "text": in_words(out)}


def _file(file: OutFile, text: str) -> dict[str, Any]:
    is_image = file.media_type in {"image/jpeg", "image/png"} and file.size <= _LARGEST and file.preview
    if is_image and file.url.startswith("https://") and not text:
        return {"type": "image", "originalContentUrl": file.url, "previewImageUrl": file.preview}
    told = f"{file.name}\n{file.url}"
    return {"type": "text", "text": f"{text}\n{told}" if text else told}


def _place(place: Mapping[str, Any]) -> dict[str, Any]:
    at = f"{place['latitude']:.5f}, {place['longitude']:.5f}"
    title, address = place.get("name") or place.get("address") or at, place.get("address") or at
    return {
        "type": "location",
        "title": title[:100],
        "address": address[:100],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
    }


def _choice(text: str) -> dict[str, Any]:
    label = text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"
    return {"type": "action", "action": {"type": "message", "label": label, "text": text[:300]}}
