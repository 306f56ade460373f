"""The dialogue file: one JSON object a line."""

import gzip
import zlib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ..cli.say import Refused

Side = Literal["customer", "agent", "action"]
Label = Annotated[str, Meta(min_length=1, max_length=120)]
OTHER = "Other"
"""The heading of reasons whose dialogues name none."""


class Dialogue(msgspec.Struct, frozen=True):
    """What a customer and an agent said in turn; an ``action`` is what the agent did, and becomes an internal note."""

    id: Annotated[str, Meta(min_length=1)]
    reason: Label
    turns: Annotated[list[tuple[Side, Annotated[str, Meta(max_length=20_000)]]], Meta(min_length=1)]
    category: Label | None = None

    @property
    def heading(self) -> str:
        """What the service reason stands below."""
        return self.category or OTHER

    @property
    def is_answered(self) -> bool:
        """Whether an agent says something, which is what makes a service record."""
        return any(side == "agent" for side, _ in self.turns)


def read(path: Path) -> list[Dialogue]:
    """All dialogues of a file, packed with gzip or not."""
    try:
        raw = path.read_bytes()
        lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines()
    except (OSError, EOFError, zlib.error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is not a whole gzip file"
        raise Refused(f"{path} cannot be read: {why}.") from None
    dialogues = [_dialogue(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not dialogues:
        raise Refused(f"There is no dialogue in {path}.")
    return dialogues


def _dialogue(path: Path, number: int, line: bytes) -> Dialogue:
    try:
        found = msgspec.json.decode(line, type=Dialogue)
    except msgspec.ValidationError as error:
        raise Refused(f"{path}, line {number}: {error}.") from None
    except msgspec.DecodeError:
        raise Refused(f"{path}, line {number} is not JSON.") from None
    turns = found.turns
    if turns[0][0] != "customer":
        raise Refused(f"{path}, line {number}: a dialogue begins with a turn of the customer.")
    if not all(text.strip() for _, text in turns):
        raise Refused(f"{path}, line {number}: a turn is empty.")
    return found
