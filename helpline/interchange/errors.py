"""Why a line is refused."""

from helpline.core import Forbidden, Invalid


class NotALine(Invalid):
    """This line is not a JSON object of a known form."""


class LineTooLong(Invalid):
    """This line is longer than 4 MB; messages may follow their conversation as lines of their own."""


class UnknownName(Invalid):
    """Nothing here has this name. Make it first, or have missing ones created."""


class NotYoursToSetUp(Forbidden):
    """An import sets up only what you may set up by hand: teams and agents with people.manage, the rest with settings.manage."""


class AmbiguousName(Invalid):
    """Several have this name; say which one by e-mail address or by heading."""


class UnknownLine(Invalid):
    """No line with this id was taken in before."""


class InTheFuture(Invalid):
    """This time has not come yet; only what is over can be imported."""


class OutOfOrder(Invalid):
    """This happened before something it can only come after."""


class StateDoesNotFit(Invalid):
    """A conversation waits, is active or is closed; only a closed one has an end."""


class GoesOnHere(Invalid):
    """The conversation goes on here, or did; what is said in it is not for an import to say."""


class BrokenOff(Invalid):
    """An import broke off in the midst of this conversation. Import the line as it was then once more, and corrections after it."""


class ConversationTooLong(Invalid):
    """This conversation has more messages than can be taken in: 50,000 or 64 MB, by the API 10,000 or 16 MB."""


class TeamSwitchedOff(Invalid):
    """This team is switched off here, so nobody would be given this. Switch it on, or name another team."""


class AnotherIsOpen(Invalid):
    """This contact point has an open conversation here already."""


class SaidTwice(Invalid):
    """Two messages of this conversation have the same id."""


class NothingSaid(Invalid):
    """A message needs a text or a file."""


class PastIsFixed(Invalid):
    """What was said and done is not changed by a second import; contact, notes, result and reasons may be corrected."""


class EventsDoNotFit(Invalid):
    """The events of this conversation do not lead to the state it is in: leave them all out, or give all."""


class InAnotherRecord(Invalid):
    """This conversation is part of another service record already."""


class FileNotThere(Invalid):
    """This file is not beside the import. Files come with an import from the command line only."""


class DoesNotFit(Invalid):
    """The database does not take this line beside what is there already."""
