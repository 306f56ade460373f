"""A folder of a mailbox, as mails are read from it: nothing in it is ever changed.

The library waits for the server, so all of this belongs into a thread of its own.
"""

import imaplib
import socket
import ssl
from contextlib import suppress
from datetime import date
from select import select

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from helpline.channels.contract import Failed

from .servers import Server, forget
from .tls import lost

PATIENCE = 60.0
"""Seconds without a word from the server, after which the connection is taken for lost."""
LARGEST = 40_000_000
"""Bytes; of a larger mail only the headers are taken."""
TOO_LARGE = b"\r\n\r\n[This mail is too large; it is still in its mailbox.]\r\n"


class NoSuchFolder(Failed):
    """The server knows no such folder, or does not let us in; the others can be read all the same."""


class _Client(IMAPClient):  # type: ignore[misc]  # the library has no types
    """The library's client over a connection that is there already: it was dialled and judged elsewhere."""

    def __init__(self, server: Server, sock: socket.socket, trusted: ssl.SSLContext) -> None:
        self._given, self._tls, self._trusted = sock, server.security == "tls", trusted
        super().__init__(server.host, server.port, ssl=self._tls, timeout=SocketTimeout(PATIENCE, PATIENCE))

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - the library's name
        self._given.settimeout(PATIENCE)
        if self._tls:
            self._given = self._trusted.wrap_socket(self._given, server_hostname=self.host)
        return _Over(self._given, self.host)


class _Over(imaplib.IMAP4):
    def __init__(self, sock: socket.socket, host: str) -> None:
        self._given = sock
        super().__init__(host)  # whose certificate it has to be

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        return self._given


def not_given(uid: int) -> bytes:
    """What is kept instead of a mail that its server does not give: from nobody, so it waits in quarantine, each by itself."""
    return f"Subject: Mail {uid}\r\n\r\n[The mail server does not give this mail; it is still in its mailbox.]\r\n".encode()


class Folder:
    """One folder over one connection."""

    def __init__(self, server: Server, sock: socket.socket, name: str, trusted: ssl.SSLContext) -> None:
        try:
            self._client = _Client(server, sock, trusted)
        except (OSError, imaplib.IMAP4.error) as error:
            sock.close()
            raise lost(error, server.host) from error
        try:
            if server.security == "starttls":
                self._client.starttls(trusted)
            if server.is_token:
                by_standard = self._client.has_capability("AUTH=OAUTHBEARER")
                is_other = not by_standard or self._client.has_capability("AUTH=XOAUTH2")
                sign_in = self._client.oauth2_login if is_other else self._client.oauthbearer_login
                sign_in(server.user, server.secret)
            elif server.user:
                self._client.login(server.user, server.secret)
            told = self._select(name)
        except NoSuchFolder:
            self.close()
            raise
        except LoginError as error:
            self.close()
            forget(server.secret)
            raise Failed("auth", str(error)) from error
        except (OSError, imaplib.IMAP4.error) as error:
            self.close()
            raise lost(error, server.host) from error
        self.validity = int(told.get(b"UIDVALIDITY", 0))
        self.next_uid = int(told.get(b"UIDNEXT", 0)) or max([0, *self._client.search("ALL")]) + 1
        self._idles = bool(self._client.has_capability("IDLE"))

    def _select(self, name: str) -> dict[bytes, int]:
        try:
            return dict(self._client.select_folder(name, readonly=True))
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise NoSuchFolder("permanent", f"The folder {name!r} cannot be opened: {error}") from error

    def beyond(self, uid: int) -> list[int]:
        """What came after ``uid``. Servers answer an empty range with the last mail there is."""
        self._client.noop()  # some servers tell what is new only when they are spoken to
        return sorted(one for one in self._client.search(["UID", f"{uid + 1}:*"]) if one > uid)

    def since(self, day: date) -> list[int]:
        """What is there from this day on: only for taking in what was there before, never to find what is new."""
        return sorted(self._client.search(["SINCE", day]))

    def read(self, uids: list[int]) -> list[tuple[int, bytes]]:
        """The mails of these that are still there, byte for byte. For what the server does not give there is a word instead."""
        try:
            return self._read(uids)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            if len(uids) == 1:
                return [(uids[0], not_given(uids[0]))]
            return [mail for uid in uids for mail in self.read([uid])]

    def _read(self, uids: list[int]) -> list[tuple[int, bytes]]:
        sizes = {uid: int(told[b"RFC822.SIZE"]) for uid, told in self._client.fetch(uids, ["RFC822.SIZE"]).items()}
        whole = [uid for uid, size in sizes.items() if size <= LARGEST]
        found = {uid: told.get(b"BODY[]") for uid, told in self._fetch(whole, "BODY.PEEK[]").items()}
        heads = self._fetch([uid for uid in sizes if uid not in whole], "BODY.PEEK[HEADER]")
        found |= {uid: told.get(b"BODY[HEADER]", b"").rstrip() + TOO_LARGE for uid, told in heads.items()}
        return sorted((uid, bytes(raw or not_given(uid))) for uid, raw in found.items())

    def _fetch(self, uids: list[int], what: str) -> dict[int, dict[bytes, bytes]]:
        return dict(self._client.fetch(uids, [what])) if uids else {}

    def wait(self, seconds: float) -> None:
        """Until something happens in the folder, or the time is over."""
        if not self._idles:
            select([self._client.socket()], [], [], seconds)
            self._client.noop()
            return
        self._client.idle()
        try:
            self._client.idle_check(timeout=seconds)
        finally:
            self._client.idle_done()

    def close(self) -> None:
        """Hang up; also what waits in another thread then ends."""
        sock = self._client.socket()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            self._client.shutdown()
        sock.close()
