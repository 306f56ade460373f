"""Portion by portion into the database, and what became of each line."""

from collections.abc import Callable, Iterator

from msgspec import UNSET, UnsetType
from sqlalchemy.exc import IntegrityError

from helpline.core import Actor, Conflict, Forbidden, Invalid, NotFound, Out, Unavailable, Units
from helpline.core.errors import LostRace
from helpline.people.permissions import ADMINISTRATOR

from . import at_length
from .actions import take_in
from .entries import Files
from .errors import DoesNotFit
from .lines import Line, kind_of
from .outcome import Outcome
from .reading import Numbered

REFUSALS = (Invalid, Conflict, NotFound, Forbidden)
"""What is the fault of a line, and none of the database."""
COLLISIONS = (IntegrityError, LostRace)
FilesOf = Callable[[Line], Files]


class LineOut(Out):
    """What became of a line."""

    line: int
    outcome: str
    type: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    code: str | UnsetType = UNSET
    field: str | UnsetType = UNSET
    detail: str | UnsetType = UNSET


def no_files(_line: Line) -> Files:
    """There is nothing beside the lines."""
    return {}


def importer(workspace_id: str, agent: Actor | None = None) -> Actor:
    """Who acts: the import itself, with what the agent who began it may do; everything from the command line."""
    held = agent.permissions if agent else ADMINISTRATOR
    return Actor("import", workspace_id, agent.id if agent else "", "import", held)


class Bringing:
    """Takes in portions, one after the other. A line that is refused leaves the others alone."""

    def __init__(
        self,
        units: Units,
        actor: Actor,
        *,
        create_missing: bool = False,
        files_of: FilesOf = no_files,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        """``between`` is called after each unit: who shares the database lets others have their turn."""
        self._between = between
        self._units, self._actor, self._create_missing, self._files_of = units, actor, create_missing, files_of

    def take_in(self, portion: list[Numbered]) -> list[LineOut]:
        """All of a portion in one unit; one by one when some line of it is refused."""
        lines = [one.line for one in portion if one.line is not None and one.refusal is None]
        try:
            outcomes = iter(self._run(lines) if lines else [])
            told = [one for read in portion for one in _told(read, lambda _: next(outcomes))]
        except REFUSALS:
            told = [one for read in portion for one in _told(read, lambda line: self._run([line])[0])]
        return sorted(told, key=lambda one: one.line)

    def _run(self, lines: list[Line]) -> list[Outcome]:
        files: Files = {}
        for line in lines:
            files |= self._files_of(line)
        try:
            outcomes, rests = self._units.run_now(
                self._actor, take_in, lines, files, create_missing=self._create_missing
            )
            self._between()
            for rest in rests:
                while not self._units.run_now(self._actor, at_length.write_next, rest):
                    self._between()
            return outcomes
        except COLLISIONS as error:
            raise DoesNotFit from error
        except Unavailable as error:  # tried again and again, it collides with what is there, not with somebody
            if isinstance(error.__cause__, COLLISIONS):
                raise DoesNotFit from error
            raise


def _told(read: Numbered, run: Callable[[Line], str]) -> Iterator[LineOut]:
    outcome, refusal = "refused", read.refusal
    if read.line is not None and refusal is None:
        try:
            outcome = run(read.line)
        except REFUSALS as error:
            refusal = error
    for number in [read.number, *read.joined]:
        told = LineOut(line=number, outcome=outcome)
        if read.line is not None:
            told.type = kind_of(read.line) if number == read.number else "message"
            told.id = getattr(read.line, "id", UNSET) if number == read.number else UNSET
        if refusal is not None:
            told.code, told.detail = refusal.code(), refusal.message
            told.field = refusal.field or UNSET
        yield told
