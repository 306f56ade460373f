"""A connection to a server that is no web server: of mail, for instance. The guard is the same."""

import asyncio
import socket

from .addresses import Target, is_public
from .calling import NoAnswer, Outside


async def dial(outside: Outside, host: str, port: int, *, within: float) -> socket.socket:
    """A connected socket; ``NoAnswer`` when the address is refused, or nobody answers there in time."""
    # Imported here, because most installations never call anybody.
    from .guarded import resolved

    target = Target("", host.strip().lower(), port, "")
    try:
        async with asyncio.timeout(within):
            addresses = await resolved(target.host, port)
            if not outside.reaches_anywhere(target) and not all(map(is_public, addresses)):
                raise NoAnswer("refused_address")
            return await _connected(addresses, port)
    except TimeoutError:
        raise NoAnswer("timeout") from None
    except OSError as error:
        raise NoAnswer("unreachable") from error


async def _connected(addresses: list[str], port: int) -> socket.socket:
    loop, refused = asyncio.get_running_loop(), OSError("no address")
    for address in addresses:
        sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        sock.setblocking(False)
        try:
            await loop.sock_connect(sock, (address, port))
        except OSError as error:
            sock.close()
            refused = error
        except BaseException:
            sock.close()
            raise
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            return sock
    raise refused
