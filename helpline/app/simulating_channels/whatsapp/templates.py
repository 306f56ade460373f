"""Approved texts, and whether a message fits one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from . import messages
from .filling import VARIABLE, check_buttons, check_header, words
from .refusals import bad

FILES = {"IMAGE", "VIDEO", "DOCUMENT"}
State = Literal["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"]


@dataclass
class Template:
    """A text with places for words, in one language."""

    name: str
    language: str
    body: str
    state: State = "APPROVED"
    category: Literal["UTILITY", "MARKETING", "AUTHENTICATION"] = "UTILITY"
    header: str = ""
    """A text, or IMAGE, VIDEO, DOCUMENT."""
    buttons: list[dict[str, Any]] = field(default_factory=list)
    """As Meta has them: ``{"type": "URL", "text": …, "url": …}``."""

    @property
    def replies(self) -> list[str]:
        """What can be tapped so that it is said."""
        return [str(one["text"]) for one in self.buttons if one["type"] == "QUICK_REPLY"]

    @property
    def variables(self) -> int:
        """How many places there are."""
        return len(set(VARIABLE.findall(self.body)))

    def told(self) -> dict[str, Any]:
        """As the list of templates has it."""
        components: list[dict[str, Any]] = [{"type": "BODY", "text": self.body}]
        if self.header:
            kind = self.header if self.header in FILES else "TEXT"
            header = {"type": "HEADER", "format": kind, **({"text": self.header} if kind == "TEXT" else {})}
            components.insert(0, header)
        if self.buttons:
            components.append({"type": "BUTTONS", "buttons": self.buttons})
        told = {"name": self.name, "language": self.language, "status": self.state, "category": self.category}
        return {**told, "components": components, "id": str(abs(hash((self.name, self.language))))}

    def _places(self, parameters: list[dict[str, Any]]) -> list[str]:
        """Which place each is for: by its number in the row, or by the name that it has to have where places have names."""
        names = list(dict.fromkeys(VARIABLE.findall(self.body)))
        if all(one.isdecimal() for one in names):
            return sorted(names, key=int)
        given = [str(one.get("parameter_name") or "") for one in parameters]
        if sorted(given) != sorted(names):
            raise bad(100, "Parameter name is missing or empty" if "" in given else "Invalid parameter")
        return given

    def fill(self, sent: messages.Template, is_there: Callable[[str], bool]) -> str:
        """The text with words in its places; refused when these are not as many, or when a file ``is_there`` not."""
        if self.state in {"PAUSED", "DISABLED"}:
            raise bad(132015 if self.state == "PAUSED" else 132016)
        check_header(self.header, sent, is_there)
        check_buttons(self.buttons, sent)
        given = [part for part in sent.components if part.type == "body"]
        parameters = given[0].parameters if given else []
        if len(parameters) != self.variables:
            told = (
                f"body: number of localizable_params ({len(parameters)}) does not match the expected number of params"
            )
            raise bad(132000, f"{told} ({self.variables})")
        given_words = dict(zip(self._places(parameters), map(words, parameters), strict=True))
        text = VARIABLE.sub(lambda found: given_words[found[1]], self.body)
        if len(text) > 1024:
            raise bad(132005, "Translated text too long: body")
        return text


def find(known: list[Template], sent: messages.Template) -> Template:
    """The template in its language, if it may be used."""
    for one in known:
        usable = one.state not in {"PENDING", "REJECTED"}
        if one.name == sent.name and one.language == sent.language.code and usable:
            return one
    raise bad(132001, f"template name ({sent.name}) does not exist in {sent.language.code}")
