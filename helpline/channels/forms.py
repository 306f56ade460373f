"""The form before a web chat: what it asks, and whether what was answered will do."""

import re
from collections.abc import Collection
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from helpline.core import Invalid

Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=10)]
Texts = Annotated[dict[Language, Annotated[str, Meta(max_length=300)]], Meta(max_length=20)]
"""One text in several languages."""
Kind = Literal["name", "email", "phone", "text", "choice", "consent"]

STANDING = {"name", "email", "phone", "consent"}
"""What is asked once of each visitor; the rest is asked before every conversation."""
LONGEST = {"name": 200, "email": 254, "phone": 40}
AGREED = "yes"
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[\d\s().\-/]{4,40}")


class Question(Struct, kw_only=True, forbid_unknown_fields=True):
    """One field of the form. Without a label it is called what its kind is called."""

    id: Annotated[str, Meta(pattern=r"^[a-z0-9_-]{1,40}$")]
    kind: Kind
    required: bool = False
    labels: Texts = {}
    options: Annotated[list[Texts], Meta(max_length=50)] = []
    url: Annotated[str, Meta(max_length=500, pattern=r"^(https?://.*)?$")] = ""
    """Where to read more, for a consent."""


class Form(Struct, kw_only=True, forbid_unknown_fields=True):
    """The whole form; while it is not active, nothing is asked."""

    active: bool = False
    intro: Texts = {}
    questions: Annotated[list[Question], Meta(max_length=20)] = []


class BadForm(Invalid):
    """A form asks something under different ids, a choice has options, and consent has a text."""


class FormMissing(Invalid):
    """This chat begins with a form; send its answers with the first message."""


class BadAnswer(Invalid):
    """This answer does not fit the question."""


def check_form(form: Form) -> None:
    """Refuse a form that nobody could fill in."""
    ids = [question.id for question in form.questions]
    if len(set(ids)) < len(ids) or (form.active and not ids):
        raise BadForm(field="form")
    for at, question in enumerate(form.questions):
        options = [text(option, ()).strip() for option in question.options]
        wanting = question.kind == "choice" and (not options or not all(options))
        if wanting or (question.kind in {"text", "choice", "consent"} and not text(question.labels, ()).strip()):
            raise BadForm(field=f"form.questions.{at}")


def text(texts: dict[str, str], languages: Collection[str]) -> str:
    """The text in the first of these languages that it has, else in any."""
    wanted = [*languages, "en", *texts]
    return next((texts[language] for language in wanted if texts.get(language)), "")


def answer(
    form: Form, given: dict[str, str], known: Collection[str], languages: Collection[str]
) -> list[dict[str, Any]]:
    """What was answered, question by question, as it will be shown; what is ``known`` need not be said again."""
    answers = []
    for question in form.questions:
        said = given.get(question.id, "").strip()
        if not said and question.required and question.id not in known:
            raise BadAnswer(field=f"form.{question.id}") if given else FormMissing(field="form")
        if said:
            _check(question, said)
            label = text(question.labels, languages)
            answers.append({"id": question.id, "kind": question.kind, "label": label, "value": said})
    return answers


def _check(question: Question, said: str) -> None:
    fits = len(said) <= LONGEST.get(question.kind, 2000)
    if question.kind == "email":
        fits = fits and _EMAIL.fullmatch(said) is not None
    elif question.kind == "phone":
        fits = fits and _PHONE.fullmatch(said) is not None and sum(char.isdigit() for char in said) >= 4
    elif question.kind == "choice":
        fits = any(said in option.values() for option in question.options)
    elif question.kind == "consent":
        fits = said == AGREED
    if not fits:
        raise BadAnswer(field=f"form.{question.id}")
