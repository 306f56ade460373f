"""Mails handed to the server that sends them."""

from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPHeloError,
    SMTPResponseException,
)

from helpline.channels.contract import Failed, unanswered
from helpline.outside import NoAnswer, Outside
from helpline.outside.dialling import dial

from .errors import failed
from .servers import Server, forget
from .tls import context, lost

WITHIN, HANGS_UP = 30.0, 421


async def send(
    server: Server, outside: Outside, sender: str, to: Sequence[str], raw: bytes, *, copies: Sequence[str] = ()
) -> dict[str, Failed]:
    """Hand it over; for which of the copies it was not taken, and why. ``Failed`` when it was not for whom it is to."""
    async with _connection(server, outside) as client:
        sent = False
        try:
            await client.mail(sender, options=_options(client, raw))
            for address in to:
                await client.rcpt(address)
            refused = await _refused(client, copies)
            sent = True
            await client.data(raw)
            return refused
        except SMTPResponseException as refusal:
            raise failed(refusal.code, refusal.message) from refusal
        except (SMTPException, OSError) as broken:
            # Once the text was handed over, a lost connection does not say whether the server keeps it.
            raise Failed("temporary", str(broken) or repr(broken), may_have_arrived=sent) from broken


async def check(server: Server, outside: Outside) -> None:
    """Sign in and out again."""
    async with _connection(server, outside) as client:
        try:
            await client.noop()
        except (SMTPException, OSError) as lost:
            raise Failed("temporary", str(lost) or repr(lost)) from lost


@asynccontextmanager
async def _connection(server: Server, outside: Outside) -> AsyncIterator[SMTP]:
    # Entered by itself, the library's client would connect anew where the server hung up meanwhile, without signing in.
    client = await _connected(server, outside)
    try:
        yield client
        with suppress(SMTPException, OSError):
            await client.quit()
    finally:
        client.close()


async def _connected(server: Server, outside: Outside) -> SMTP:
    trusted = context(outside) if server.security != "none" else None
    try:
        sock = await dial(outside, server.host, server.port, within=WITHIN)
    except NoAnswer as nobody:
        raise unanswered(nobody) from nobody
    client = SMTP(
        hostname=server.host,
        sock=sock,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
        tls_context=trusted,
        timeout=WITHIN,
    )
    try:
        await _sign_in(client, server)
    except BaseException:
        client.close()
        sock.close()
        raise
    return client


async def _sign_in(client: SMTP, server: Server) -> None:
    try:
        await client.connect()
        await _greet(client)  # which tells, only then, what the server can
        if server.is_token:
            await _show_token(client, server)
        elif server.user and client.supports_extension("auth"):
            await client.login(server.user, server.secret)
    except SMTPAuthenticationError as refused:
        forget(server.secret)
        raise Failed("auth", refused.message, code=str(refused.code)) from refused
    except SMTPResponseException as refused:
        raise failed(refused.code, refused.message) from refused
    except (SMTPException, OSError) as broken:
        raise lost(broken, server.host) from broken


async def _greet(client: SMTP) -> None:
    try:
        await client.ehlo()
    except SMTPHeloError:
        await client.helo()


async def _show_token(client: SMTP, server: Server) -> None:
    """As Google and Microsoft made it; by the standard (RFC 7628) where the server knows that alone."""
    if "oauthbearer" not in client.server_auth_methods or "xoauth2" in client.server_auth_methods:
        await client.auth_xoauth2(server.user, server.secret)
        return
    user = server.user.replace("=", "=3D").replace(",", "=2C")
    token = f"n,a={user},\x01auth=Bearer {server.secret}\x01\x01".encode()
    answer = await client.execute_command(b"AUTH", b"OAUTHBEARER", b64encode(token))
    if answer.code == 334:  # why not, which has to be acknowledged
        answer = await client.execute_command(b64encode(b"\x01"))
    if answer.code != 235:
        raise SMTPAuthenticationError(answer.code, answer.message)


def _options(client: SMTP, raw: bytes) -> list[str]:
    return [f"SIZE={len(raw)}"] if client.supports_extension("size") else []


async def _refused(client: SMTP, copies: Sequence[str]) -> dict[str, Failed]:
    refused: dict[str, Failed] = {}
    for address in copies:
        try:
            await client.rcpt(address)
        except SMTPResponseException as refusal:
            if refusal.code == HANGS_UP:
                raise
            refused[address] = failed(refusal.code, refusal.message)
    return refused
