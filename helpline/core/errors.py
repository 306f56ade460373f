"""Why an action was refused. The edge turns a kind into a status; the domain never mentions HTTP.

Errors are subclassed beside the action that raises them. The docstring is the sentence a person reads; the class name in
snake case is the stable ``code``.
"""

import re
from typing import Any, ClassVar


def snake_case(name: str) -> str:
    """``NotADomain`` → ``not_a_domain``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


class DomainError(Exception):
    """Something was refused."""

    status: ClassVar[int] = 400

    def __init__(self, message: str = "", *, field: str | None = None, **extra: Any) -> None:
        self.message = message or " ".join((self.__doc__ or "").split())
        self.field = field
        self.extra = extra
        super().__init__(self.message)

    @classmethod
    def code(cls) -> str:
        """``AlreadyClosed`` → ``already_closed``; part of the API, never changed."""
        return snake_case(cls.__name__)


class Invalid(DomainError):
    """What was sent does not make sense."""

    status = 422


class NotStorable(Invalid):
    """This holds a character or a number that no database keeps."""


class Unauthenticated(DomainError):
    """Sign in first."""

    status = 401


class Forbidden(DomainError):
    """You may not do this."""

    status = 403


class NotFound(DomainError):
    """There is no such thing here."""

    status = 404


class Conflict(DomainError):
    """This no longer fits what is there."""

    status = 409


class EditedMeanwhile(Conflict):
    """Somebody else changed this meanwhile."""


class TooMany(DomainError):
    """Too many attempts; wait a little."""

    status = 429


class Unavailable(DomainError):
    """This cannot be done right now; try again."""

    status = 503


class LostRace(Exception):
    """Somebody else changed what this unit had read before it could lock it."""
