"""Customers who write mails: put in by HTTP, and answered through a mail server that only takes in what it is handed."""

import asyncio
import contextlib
import random
import secrets
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from typing import Any, Self

from helpline.app.simulating_channels.customers import Customer, Customers, Seen
from helpline.app.simulating_channels.hooks import Event, Hooks, Sealed

from .phones import moment

HELP = "help@shop.example"


class Post:
    """The mail programs of customers, and their mail server, which now and then is out of order."""

    def __init__(self, chance: random.Random, trouble: float) -> None:
        self.customers, self.secret = Customers(), secrets.token_urlsafe(16)
        self.hooks = Hooks(self._seal, most=1)
        self.port = 0
        self.refused = self.unanswered = 0
        self._chance, self._trouble = chance, trouble
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._serve()), daemon=True)
        self._ready = threading.Event()
        self._loop, self._over = asyncio.new_event_loop(), asyncio.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._loop.close()

    @property
    def settings(self) -> dict[str, Any]:
        """Of a mailbox that sends through here."""
        return {"address": HELP, "smtp_host": "127.0.0.1", "smtp_port": self.port, "smtp_security": "none"}

    def meets(self, name: str) -> Customer:
        """Somebody new."""
        return self.customers.add(f"c{secrets.token_hex(6)}@customers.example", name)

    def says(self, customer: Customer, text: str) -> str:
        """They write a mail, which answers the last one that they have."""
        mail = EmailMessage(policy=policy.SMTP.clone(max_line_length=900))  # ids are not to be folded
        mail["From"], mail["To"] = formataddr((customer.name, customer.id)), HELP
        mail["Message-ID"] = id = make_msgid(domain="customers.example")
        mail["Subject"] = "Re: Question" if customer.screen else "Question"
        if customer.screen:
            mail["In-Reply-To"] = mail["References"] = customer.screen[-1].id
        mail.set_content(text, cte="base64")
        customer.screen.append(Seen(id, "mail", text, moment(), ours=True))
        self.hooks.put({"raw": mail.as_bytes()})
        return id

    def _seal(self, events: list[Event], redelivered: bool) -> Sealed:
        return Sealed({"x-helpline-secret": self.secret, "content-type": "message/rfc822"}, events[0]["raw"])

    async def _serve(self) -> None:
        async with await asyncio.start_server(self._talk, "127.0.0.1", 0, limit=2**24) as server:
            self.port = server.sockets[0].getsockname()[1]
            self._ready.set()
            await self._over.wait()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._one(reader, writer)
        writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 post.example")
        while line := (await reader.readline()).decode("utf-8", "replace").strip():
            verb = line.partition(" ")[0].upper()
            trouble = self._chance.random() < self._trouble
            if verb == "DATA":
                say("354 go on")
                raw = await reader.readuntil(b"\r\n.\r\n")
                self._take(raw[:-5].replace(b"\r\n..", b"\r\n."))
                if trouble:
                    self.unanswered += 1
                    return
            elif verb == "MAIL" and trouble:
                self.refused += 1
                say("451 not now")
                continue
            say("221 bye" if verb == "QUIT" else "250 yes")

    def _take(self, raw: bytes) -> None:
        mail = message_from_bytes(raw, policy=policy.default)
        body = mail.get_body(("plain",))
        text = str(body.get_content()) if body else ""
        for address in mail["To"].addresses:
            if (customer := self.customers.find(address.addr_spec)) is not None:
                customer.screen.append(Seen(str(mail["Message-ID"]), "mail", text, moment()))
