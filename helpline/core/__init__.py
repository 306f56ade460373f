"""The ground everything stands on: units of work, facts, jobs, errors, routes. Knows no domain."""

from .actor import Actor
from .errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Unauthenticated, Unavailable
from .facts import Audited, Edited, Fact, edit
from .ids import new_id
from .model import Model, Moment, Scoped, one_each, references
from .prepared import Prepared
from .shapes import In, Out
from .tx import Tx
from .units import Units
from .updates import Update

__all__ = [
    "Actor",
    "Audited",
    "Conflict",
    "DomainError",
    "Edited",
    "Fact",
    "Forbidden",
    "In",
    "Invalid",
    "Model",
    "Moment",
    "NotFound",
    "Out",
    "Prepared",
    "Scoped",
    "Tx",
    "Unauthenticated",
    "Unavailable",
    "Units",
    "Update",
    "edit",
    "new_id",
    "one_each",
    "references",
]
