"""The form before a chat, filled in: what was said stands in the conversation, and on whoever said it."""

from collections.abc import Callable
from typing import Any

from helpline.channels.forms import STANDING, Form, answer
from helpline.contacts import ContactPoint
from helpline.contacts.actions import change_point
from helpline.core import Tx

_KEPT = ("name", "email", "phone")


def filled(form: Form, given: dict[str, str], locale: str) -> Callable[[Tx, ContactPoint], list[dict[str, Any]]]:
    """How the answers are taken in once they open a conversation; ``FormMissing`` or ``BadAnswer`` then, too."""

    def take(tx: Tx, point: ContactPoint) -> list[dict[str, Any]]:
        answers = answer(form, given, point.answered, (point.locale, locale))
        said = {one["kind"]: one["value"] for one in answers if one["kind"] in _KEPT}
        asked = {question.id for question in form.questions if question.kind in STANDING}
        change_point(tx, point, **said, answered=sorted({*point.answered, *asked}))
        return answers

    return take
