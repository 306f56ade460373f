"""Tables of mails."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import BigInteger, Date, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from helpline.core import Scoped, references

Way = Literal["in", "out"]


class KnownMail(Scoped):
    """A mail that came in or went out. What answers it is found by it."""

    __tablename__ = "mail"
    mail_id: Mapped[str] = mapped_column(String(200))
    """Its Message-ID. Two mails may claim one; then they differ in what they say."""
    digest: Mapped[str] = mapped_column(String(64))
    """Of what it says, without what servers write into it on its way."""
    way: Mapped[Way] = mapped_column(String(3))
    conversation_id: Mapped[str] = mapped_column(String(36))
    message_id: Mapped[str] = mapped_column(String(36))
    subject: Mapped[str] = mapped_column(String(500), default="")
    author: Mapped[str] = mapped_column(String(254), default="")
    answer_to: Mapped[str] = mapped_column(String(254), default="", server_default="")
    """Another address at which its author wants to be answered."""
    people: Mapped[list[str]]
    """Who takes part from then on: who wrote it and to whom, but for our own addresses."""
    cc: Mapped[list[str]]
    chain: Mapped[list[str]]
    """The ids of the mails before it, the oldest first."""
    answerable: Mapped[bool] = mapped_column(default=True)
    """Whether something automatic may answer it."""
    text: Mapped[str] = mapped_column(Text, default="")
    """The whole of it, with what it quotes."""
    html: Mapped[str] = mapped_column(Text, default="")
    """Made safe; its images are those of other servers still."""
    payload_id: Mapped[str] = mapped_column(String(36), default="", server_default="")
    """As what it came in: kept for a while, byte for byte."""
    at: Mapped[datetime]
    __table_args__ = (
        references("conversation"),
        references("message"),
        # Two mailboxes may be read at once, and hold the same mail.
        Index("mail_by_mail_id", "workspace_id", "mail_id", "digest", unique=True),
        Index("mail_by_conversation", "workspace_id", "conversation_id", "at"),
        Index("mail_by_message", "workspace_id", "message_id"),
        {"sqlite_with_rowid": False},
    )


class Placement(Scoped):
    """A mail lies in a mailbox. The same mail may lie in several, and is one message."""

    __tablename__ = "mail_placement"
    known_id: Mapped[str] = mapped_column(String(36))
    channel_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime]
    __table_args__ = (
        references("mail", "known_id"),
        references("channel"),
        UniqueConstraint("workspace_id", "known_id", "channel_id"),
        {"sqlite_with_rowid": False},
    )


class MailFolder(Scoped):
    """A folder that is read, and how far."""

    __tablename__ = "mail_folder"
    channel_id: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(String(200))
    validity: Mapped[int] = mapped_column(BigInteger)
    """The server's UIDVALIDITY: with another one, its numbers begin anew."""
    last_uid: Mapped[int] = mapped_column(BigInteger)
    """All up to it were taken; what was there when the channel was opened counts as taken."""
    since: Mapped[date] = mapped_column(Date)
    """The day from which on its mails are ours to read."""
    backfill_from: Mapped[date | None] = mapped_column(Date)
    """What is there from this day on is to be taken in as well."""
    read_at: Mapped[datetime | None]
    __table_args__ = (
        references("channel"),
        UniqueConstraint("workspace_id", "channel_id", "name"),
        {"sqlite_with_rowid": False},
    )


class ReplyKey(Scoped):
    """What reply tokens of a workspace are signed with, where that was made before it followed from the installation's secret."""

    __tablename__ = "mail_reply_key"
    secret: Mapped[str] = mapped_column(String(64))
    __table_args__ = ({"sqlite_with_rowid": False},)
