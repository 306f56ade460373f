"""Mails with what has to become of each: the generator knows the truth, because it made it up."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from . import shapes
from .languages import PLAIN
from .shapes import Shape

BOXES = ("support", "sales")
SHOP = "shop.example"
MARKED = r"zq\d{5}"
"""Stands in every mail once, in whatever it is written."""
Way = Literal["sent", "laid"]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail, where it goes, and what has to become of it."""

    mark: str
    kind: str
    raw: bytes = field(repr=False)
    boxes: tuple[str, ...]
    way: Way
    """By SMTP, or laid into the mailbox."""
    becomes: shapes.Becomes
    thread: str
    """Mails of one thread are in one conversation, and of others in others."""
    after: str = ""
    """The thread that this one goes on with, or points at: in another conversation, which leads to the first one."""
    says: str = ""
    files: int = 0
    author: str = ""
    id: str = ""
    automatic: bool = False
    folder: str = "INBOX"


@dataclass(kw_only=True)
class Writer:
    """Writes all of a run; the same again for the same ``seed``."""

    seed: int = 1
    letters: list[Letter] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)
        self._people = 0

    def openers(self, many: int) -> list[Letter]:
        """Mails that answer nothing, of every shape in turn."""
        drawn = self._drawn(f"{self.seed}")
        return [self._opener(*next(drawn)) for _ in range(many)]

    def _drawn(self, seed: str) -> Iterator[tuple[str, Shape]]:
        rng = random.Random(seed)
        round_ = 0
        while True:
            count = len(_every("zq00000", rng))
            order = rng.sample(range(count), count)
            for place in order:
                mark = f"zq{len(self.letters):05d}"
                yield mark, _every(mark, random.Random(f"{seed}{round_}"))[place]
            round_ += 1

    def _opener(self, mark: str, shape: Shape) -> Letter:
        author = self.person(shape.automatic)
        boxes = self._rng.choice([("support",), ("sales",), ("support",), BOXES])
        folder = self._rng.choice(["INBOX", "INBOX", "INBOX", "Orders"]) if boxes == ("sales",) else "INBOX"
        way: Way = "laid" if shape.only_laid or folder != "INBOX" else self._rng.choice(["sent", "laid"])
        if shape.becomes == "quarantine":
            boxes = boxes[:1]
        odd = self._rng.randrange(12)
        id = f"{mark}@post.example"
        # Nobody's program writes the same mail without an id into two mailboxes but at once, which servers give one.
        if odd == 0 and not shape.only_laid and boxes != BOXES:
            id = ""
        elif odd == 1 and self.letters and not shape.only_laid:
            before = self._rng.choice(self.letters[-20:])
            id = before.id or id  # somebody else's id, under another text
        return self.add(shape, mark=mark, author=author, boxes=boxes, way=way, id=id, thread=mark, folder=folder)

    def person(self, is_machine: bool = False) -> str:
        """Somebody new."""
        self._people += 1
        return f"{'robot' if is_machine else 'person'}{self._people}@post.example"

    def reply(
        self,
        to: Letter,
        *,
        author: str = "",
        thread: str = "",
        after: str = "",
        subject: str = "",
        shape: Shape | None = None,
        **head: str,
    ) -> Letter:
        """A mail that answers; ``head`` are the headers by which it does."""
        mark = f"zq{len(self.letters):05d}"
        # The way of what it answers, so that it does not overtake it.
        says = f"{mark}\n{PLAIN}\n\nOn Friday, the shop wrote:\n> {to.mark}\n> {PLAIN}"
        made = shape or Shape(kind="reply", head=shapes.plain(says)[0], body=shapes.plain(says)[1], says=PLAIN)
        return self.add(
            made,
            mark=mark,
            author=author or to.author,
            boxes=to.boxes[:1],
            way="sent",
            id=f"{mark}@post.example",
            thread=thread or to.thread,
            after=after,
            subject=(subject or "Re: My lamp").encode(),
            more=tuple(f"{name.replace('_', '-')}: {said}".encode() for name, said in head.items()),
        )

    def report(self, about: str, to: Letter, recipient: str) -> Letter:
        """What a mail server says of a mail of ours."""
        mark = f"zq{len(self.letters):05d}"
        status = (
            "Reporting-MTA: dns; post.example\r\n\r\n"
            f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
            f"Diagnostic-Code: smtp; 550 5.1.1 {mark} nobody of this name\r\n"
        ).encode()
        head, body = shapes.joined(
            "report",
            shapes.plain("Your mail could not be delivered."),
            (b"Content-Type: message/delivery-status", status),
            (b"Content-Type: text/rfc822-headers", f"Message-ID: <{about}>\r\n".encode()),
            more="; report-type=delivery-status",
        )
        shape = Shape(kind="report", head=head, body=body, becomes="report", automatic=True)
        return self.add(
            shape,
            mark=mark,
            author="mailer-daemon@post.example",
            boxes=to.boxes[:1],
            way="laid",
            id=f"{mark}@post.example",
            thread=to.thread,
            subject=b"Undelivered Mail Returned to Sender",
        )

    def add(
        self,
        shape: Shape,
        *,
        mark: str,
        author: str,
        boxes: tuple[str, ...],
        way: Way,
        id: str,
        thread: str,
        after: str = "",
        subject: bytes = b"",
        more: tuple[bytes, ...] = (),
        folder: str = "INBOX",
    ) -> Letter:
        """A letter of this shape."""
        to = ", ".join(f"{box}@{SHOP}" for box in boxes)
        lines = [f"From: Somebody <{author}>".encode(), f"To: {to}".encode(), b"Subject: " + (subject or shape.subject)]
        lines += [b"Date: Fri, 27 Nov 2026 09:00:00 +0000", b"MIME-Version: 1.0", *more]
        lines += [f"Message-ID: <{id}>".encode()] if id else []
        raw = shape.bend(b"\r\n".join([*lines, shape.head]) + b"\r\n\r\n" + shape.body)
        letter = Letter(
            mark=mark,
            kind=shape.kind,
            raw=raw,
            boxes=boxes,
            way=way,
            becomes=shape.becomes,
            thread=thread,
            after=after,
            says=shape.says,
            files=shape.files,
            author=author,
            id=id,
            automatic=shape.automatic,
            folder=folder,
        )
        self.letters.append(letter)
        return letter


def _every(mark: str, rng: random.Random) -> list[Shape]:
    made = (
        shapes.in_languages,
        shapes.well_formed,
        shapes.without_words,
        shapes.broken,
        lambda mark: shapes.by_machines(mark, rng),
        shapes.nonsense,
    )
    return [shape for kinds in made for shape in kinds(mark)]
