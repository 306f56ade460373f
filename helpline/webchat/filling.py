"""What a conversation opens with: the form before the chat, filled in, and what the site says of the visitor."""

from collections.abc import Callable
from typing import Any

from helpline.channels.forms import STANDING, Form, answer
from helpline.contacts import ContactPoint
from helpline.contacts.actions import change_point
from helpline.core import Tx

KEPT = ("name", "email", "phone")


def filled(form: Form, given: dict[str, str], locale: str) -> Callable[[Tx, ContactPoint], list[dict[str, Any]]]:
    """How both are taken in once they open a conversation; ``FormMissing`` or ``BadAnswer`` then, too."""

    def take(tx: Tx, point: ContactPoint) -> list[dict[str, Any]]:
        events = [introduced(point.claims)] if point.claims else []
        if not form.active:
            return events
        answers = answer(form, given, point.answered, (point.locale, locale))
        said = {one["kind"]: one["value"] for one in answers if one["kind"] in KEPT}
        asked = {question.id for question in form.questions if question.kind in STANDING}
        change_point(tx, point, **said, answered=sorted({*point.answered, *asked}))
        return [*events, {"name": "form", "answers": answers}] if answers else events

    return take


def introduced(claims: dict[str, Any]) -> dict[str, Any]:
    """What the site said of a visitor, for the agents in their conversation."""
    said = [{"id": kind, "kind": kind, "label": "", "value": claims[kind]} for kind in KEPT if claims.get(kind)]
    return {"name": "introduced", "answers": said, "verified": claims["verified"]}
