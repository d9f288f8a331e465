"""A host's addresses, asked for once and refused as a whole if any of them is not public.

Who connects takes these very addresses and never the name again: a name server that answers differently the second time
(DNS rebinding) is not asked a second time.
"""

import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from typing import Any

from chalicelib.domain import webhook_url

SocketAddress = tuple[socket.AddressFamily, Any]


class NotResolved(Exception):
    """The name has no address, or its name server gave no answer in time."""


def resolve(host: str, port: int, seconds: float, loopback: bool = False) -> list[SocketAddress]:
    """Families and socket addresses to connect to, in the resolver's order.

    `loopback` takes addresses of this machine too.

    Raises:
        NotResolved: see there.
        webhook_url.Refused: one of the addresses is not public.
    """
    found = [(family, address) for family, _, _, _, address in _ask(host, port, seconds)]
    for _, address in found:
        numeric = ipaddress.ip_address(address[0])
        if not webhook_url.is_public(numeric, loopback):
            raise webhook_url.refusal(numeric)
    return found


def _ask(host: str, port: int, seconds: float) -> list[Any]:
    """In a thread of its own, since the resolver knows no time-out."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="resolve")
    try:
        return pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(seconds)
    except TooLate as error:
        raise NotResolved(f"The name server of {host} gave no answer in time.") from error
    except (OSError, UnicodeError) as error:
        raise NotResolved(f"{host} has no address.") from error
    finally:
        pool.shutdown(wait=False)
