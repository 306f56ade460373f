"""The post: mails sent by SMTP or laid into mailboxes, whatever happens to the servers; and what the customers got."""

import smtplib
import time
from contextlib import suppress
from imaplib import IMAP4

from helpline.channels.email.mail import Mail
from helpline.channels.email.reading import read
from tests.mail_servers import Boxes

from .letters import SHOP, Letter

CUSTOMERS = "customers"
"""The mailbox of all who are not the shop."""
SLOW = 300.0
"""Seconds that a machine with too much to do may take for a word."""


class Post:
    """Puts letters in, each once: a server that was killed is asked anew."""

    def __init__(self, server: Boxes) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._imap: dict[str, IMAP4] = {}

    def put(self, letter: Letter) -> None:
        """Send it, or lay it into its mailboxes."""
        if letter.way == "sent":
            self._send(letter)
        else:
            for box in letter.boxes:
                self.lay(box, letter.folder, letter.raw)

    def forget(self) -> None:
        """What is connected ends, however it ends."""
        if self._smtp is not None:
            self._smtp.close()
        for client in self._imap.values():
            with suppress(OSError, IMAP4.error):
                client.shutdown()
        self._smtp, self._imap = None, {}

    def lay(self, box: str, folder: str, raw: bytes) -> None:
        """Lay it into a mailbox."""
        client = self._imap.get(box)
        if client is None:
            client = self._imap[box] = self._server.box(box)
        _append(client, folder, raw)

    def make(self, box: str, folder: str) -> None:
        """Make a folder."""
        with self._server.box(box) as client:
            assert client.create(folder)[0] == "OK"

    def renew(self, box: str, folder: str) -> int:
        """Delete a folder and make it again with the same mails, the last one first; how many there are."""
        with self._server.box(box) as client:
            mails = _all(client, folder)
            assert client.delete(folder)[0] == "OK"
            assert client.create(folder)[0] == "OK"
            for raw in reversed(mails):
                _append(client, folder, raw)
        return len(mails)

    def arrived(self) -> list[Mail]:
        """What the customers got, the oldest first."""
        with self._server.box(CUSTOMERS) as client:
            return [read(raw) for raw in _all(client, "INBOX")]

    def _send(self, letter: Letter) -> None:
        to = [f"{box}@{SHOP}" for box in letter.boxes]
        if self._smtp is None:
            self._smtp = smtplib.SMTP("127.0.0.1", self._server.smtp, timeout=SLOW)
        try:
            self._smtp.sendmail(letter.author, to, letter.raw, mail_options=["BODY=8BITMIME"])
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused, TimeoutError):
            # Silent for too long, it hangs up. Should the letter have gone out: the same one again is the same mail.
            self._smtp = smtplib.SMTP("127.0.0.1", self._server.smtp, timeout=SLOW)
            self._smtp.sendmail(letter.author, to, letter.raw, mail_options=["BODY=8BITMIME"])


def _append(client: IMAP4, folder: str, raw: bytes) -> None:
    """A folder that was just made anew while others have it open is refused for a moment."""
    for _ in range(100):
        answer, said = client.append(folder, "", "", raw)
        if answer == "OK":
            return
        time.sleep(0.1)
    raise AssertionError(said)


def _all(client: IMAP4, folder: str) -> list[bytes]:
    client.select(folder, readonly=True)
    found = client.fetch("1:*", "(BODY.PEEK[])")[1]
    client.unselect()
    return [one[1] for one in found if isinstance(one, tuple)]
