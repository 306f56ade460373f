"""The adapter of mailboxes: raw mails in, and mails out by SMTP."""

import asyncio
import hmac
import imaplib
from collections.abc import Mapping
from typing import Any

from helpline.channels.contract import (
    Account,
    Adapter,
    Event,
    Failed,
    Fetched,
    Health,
    NotUnderstood,
    Outbound,
    OutFile,
    Raw,
    Sent,
    unanswered,
)
from helpline.channels.wording import in_words
from helpline.outside import NoAnswer, Outside
from helpline.outside.dialling import dial

from . import smtp
from .addresses import NoAddress, ours, wired
from .arriving import Bounced, mailed
from .composing import Enclosed, Letter, compose
from .imap import Folder
from .mail import Address, Unreadable
from .reading import read
from .servers import Server, server_of
from .threads import untagged
from .tls import context

WITHIN = 20.0
FIRST_FOLDER = "INBOX"


class Email(Adapter):
    """A mailbox."""

    def verify(self, account: Account, raw: Raw) -> bool:
        """By the secret that the channel was given for mails put in by HTTP; without one, none are."""
        secret = account.secrets.get("http_secret", "")
        given = raw.headers.get("x-helpline-secret", "")
        return bool(secret) and hmac.compare_digest(secret.encode(), given.encode("utf-8", "replace"))

    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """The mail, or what a server reports about one of ours."""
        try:
            mail = read(raw.body)
        except Unreadable as why:
            raise NotUnderstood(str(why)) from why
        if mail.report is not None:
            return [Bounced(report=mail.report, id=mail.id)]
        if mail.author is None:
            raise NotUnderstood("This mail does not say who it is from.")
        return [mailed(mail, mail.author, ours(account.settings), account.channel_id)]

    async def send(self, account: Account, out: Outbound, outside: Outside) -> Sent:
        """Compose it and hand it to the server; our id of it, and who gets no copy."""
        server = await server_of(account, "smtp", outside)
        if server is None:
            raise Failed("permanent", "No server is set up to send mails by.")
        told = out.details.get("mail") or {}
        files = [await asyncio.to_thread(_enclosed, file) for file in out.files]
        letter = letter_of(account, out, told, files)
        try:
            raw = compose(letter).as_bytes()
            to = list(dict.fromkeys(wired(one.address) for one in letter.to))
            copies = {wired(one): one for one in (*(one.address for one in letter.cc), *told.get("bcc", []))}
            sender = wired(letter.sender.address)
        except NoAddress as wrong:
            raise Failed("permanent", str(wrong)) from wrong
        beside = [one for one in copies if one not in to]
        refused = await smtp.send(server, outside, sender, to, raw, copies=beside)
        return Sent(letter.id, {copies[one]: why for one, why in refused.items()})

    async def health(self, account: Account, outside: Outside) -> Health:
        """Sign in at both servers."""
        try:
            incoming = await server_of(account, "imap", outside)
            if incoming is not None:
                folder = await opened(incoming, outside, FIRST_FOLDER)
                folder.close()
            outgoing = await server_of(account, "smtp", outside)
            if outgoing is not None:
                await smtp.check(outgoing, outside)
        except Failed as failed:
            return Health(ok=False, detail=failed.detail or failed.kind)
        return Health(ok=True, name=str(account.settings.get("address", "")))

    async def fetch(self, account: Account, media: Mapping[str, Any], outside: Outside) -> Fetched:
        """What comes with a mail comes with it."""
        raise Failed("permanent", "This came with the mail.")


async def opened(server: Server, outside: Outside, name: str) -> Folder:
    """A folder of a mailbox, ready to be read."""
    trusted = context(outside)
    try:
        sock = await dial(outside, server.host, server.port, within=WITHIN)
    except NoAnswer as nobody:
        raise unanswered(nobody) from nobody
    try:
        return await asyncio.to_thread(Folder, server, sock, name, trusted)
    except imaplib.IMAP4.error as error:
        raise Failed("temporary", str(error)) from error


def letter_of(account: Account, out: Outbound, told: Mapping[str, Any], files: list[Enclosed]) -> Letter:
    """What is to be sent as a letter, with what the channel adds to all."""
    address = untagged(str(account.settings.get("address", "")))
    name = str(account.settings.get("sender_name") or "")
    return Letter(
        id=told.get("id") or f"{out.key}@{address.rpartition('@')[2]}",
        sender=Address(address, name),
        to=[Address(one) for one in told.get("to") or [out.to]],
        cc=[Address(one) for one in told.get("cc", [])],
        reply_to=told.get("reply_to", ""),
        subject=told.get("subject", ""),
        text=in_words(out),
        signature=told.get("signature", ""),
        quoted=told.get("quoted", ""),
        quoted_from=told.get("quoted_from", ""),
        answers=told.get("answers", ""),
        references=told.get("references", []),
        files=files,
        automatic=out.automatic,
        mark=account.channel_id,
        at=out.at,
    )


def _enclosed(file: OutFile) -> Enclosed:
    try:
        return Enclosed(file.name, file.media_type, file.path.read_bytes())
    except OSError as gone:
        raise Failed("permanent", f"{file.name} is not there any more.") from gone
