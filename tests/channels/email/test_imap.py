"""A folder whose server does not give all that is in it. No real one can be made to, so its answers are laid down here."""

import imaplib
from typing import Any

import pytest

from helpline.channels.email.imap import Folder, not_given


class Answers:
    """Of the library's client: what a server gives, and which mails it refuses to."""

    def __init__(self, mails: dict[int, bytes], refused: set[int], error: type[Exception]) -> None:
        self.mails, self.refused, self.error = mails, refused, error

    def fetch(self, uids: list[int], what: list[str]) -> dict[int, dict[bytes, Any]]:
        """As the library does."""
        if what == ["RFC822.SIZE"]:
            return {uid: {b"RFC822.SIZE": 10} for uid in uids}
        if self.refused & set(uids):
            raise self.error("NO [SERVERBUG] Internal error")
        return {uid: {b"BODY[]": self.mails[uid]} for uid in uids if uid in self.mails}


def folder(mails: dict[int, bytes], *refused: int, error: type[Exception] = imaplib.IMAP4.error) -> Folder:
    made = Folder.__new__(Folder)
    made._client = Answers(mails, set(refused), error)  # type: ignore[assignment]
    return made


def test_a_mail_that_is_not_given_leaves_a_word_and_the_others_come() -> None:
    assert not_given(2) != not_given(3)  # or the second would be taken for the first come again
    assert folder({1: b"one", 2: b"two", 3: b"three"}, 2).read([1, 2, 3]) == [
        (1, b"one"),
        (2, not_given(2)),
        (3, b"three"),
    ]


def test_a_mail_that_is_given_as_nothing_leaves_a_word_too_and_one_that_is_gone_does_not() -> None:
    assert folder({1: b"", 3: b"three"}).read([1, 2, 3]) == [(1, not_given(1)), (3, b"three")]


def test_a_line_that_was_cut_is_not_taken_for_a_mail_that_is_not_given() -> None:
    with pytest.raises(imaplib.IMAP4.abort):
        folder({1: b"one"}, 1, error=imaplib.IMAP4.abort).read([1])
