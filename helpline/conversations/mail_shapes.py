"""What of a mail is said on the wire by whoever sends one."""

from typing import Annotated

from msgspec import Meta

from helpline.core import In

MailAddress = Annotated[
    str, Meta(pattern=r"^[^\s@<>,;:\"()\[\]\\\x00-\x1f]+@[^\s@<>,;:\"()\[\]\\\x00-\x1f]+$(?!\n)", max_length=254)
]
Subject = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f\u2028\u2029]*$(?!\n)", max_length=250)]


class MailIn(In):
    """What an agent decides of a mail; what is left out is as in the mail that is answered."""

    subject: Subject = ""
    cc: Annotated[list[MailAddress], Meta(max_length=50)] = []
    bcc: Annotated[list[MailAddress], Meta(max_length=50)] = []
    answered: Annotated[str, Meta(max_length=36)] | None = None
    """The message whose mail it answers, and to whose author it goes, whatever came since; empty where it answers none.
    Without it, the newest mail that came until now."""
