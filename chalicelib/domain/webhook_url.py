"""Where a webhook may lead: to a public address, by https. Whoever may set an address could else make us knock at
doors inside (SSRF), so what is not known to be public is refused.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_URL = 2000
LOWEST_FREE_PORT = 1024

# https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast and reserved space. Listed here and not
# left to `is_global`, whose meaning changed between patch releases of Python.
_NOT_PUBLIC_V4 = [
    ipaddress.IPv4Network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# Of IPv6 only 2000::/3 is given out as global unicast: mapped, translated (64:ff9b::), local and multicast addresses
# lie outside. Within it lie what carries another address inside (Teredo, 6to4) and what is for documents.
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = [ipaddress.IPv6Network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
# RFC 1035 §2.3.4: labels of 1 to 63 octets, 253 in all. The underscore is none of RFC 1123's, and yet in use.
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_OWN_NAMES = ("localhost", "local", "internal")


class Refused(ValueError):
    """The address will not be used. `code` is `invalid-webhook-url` or `webhook-address-refused`."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


@dataclass(frozen=True)
class Target:
    """`path` is what stands in the request's first line, `authority` what stands in its Host header."""

    secure: bool
    host: str
    port: int
    authority: str
    path: str


def parse(url: str, loopback: bool = False) -> Target:
    """The parts of a webhook's address. With `loopback`, on a developer's machine, http and 127.0.0.1 are taken too.

    Raises:
        Refused: it is no address, or one that is not public (of a name, that shows only when it is resolved).
    """
    parts = _split(url)
    if parts.scheme not in (("http", "https") if loopback else ("https",)):
        raise _invalid("The address must begin with https://.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise _invalid("The address must have no user name, password or fragment.")
    secure, host = parts.scheme == "https", (parts.hostname or "").removesuffix(".")
    port = parts.port if parts.port is not None else (443 if secure else 80)
    if port not in (443, *([80] if loopback else [])) and port < LOWEST_FREE_PORT:
        raise _invalid(f"Port {port} is not taken; 443 and those from {LOWEST_FREE_PORT} are.")
    _refuse_known(host, loopback)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure, host, port, parts.netloc, path)


def is_public(address: Address, loopback: bool = False) -> bool:
    """Whether it is global unicast; with `loopback`, this machine is taken too."""
    if loopback and address.is_loopback:
        return True
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    return address in _GLOBAL_V6 and not any(address in network for network in _NOT_PUBLIC_V6)


def refusal(address: Address) -> Refused:
    return Refused("webhook-address-refused", f"{address} is not a public address.")


def _split(url: str) -> SplitResult:
    if len(url) > MAX_URL or not url.isascii() or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise _invalid("The address must be printable ASCII without spaces (write names in their xn-- form).")
    if "\\" in url:
        raise _invalid("The address must not hold a backslash.")
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname
    except ValueError as error:
        raise _invalid("This is not an address.") from error
    return parts


def _refuse_known(host: str, loopback: bool) -> None:
    """What can be told without asking anybody: literal addresses in all their spellings, names of machines inside."""
    if host.rpartition(".")[2] in _OWN_NAMES and not (loopback and host == "localhost"):
        raise Refused("webhook-address-refused", f"{host} is a name of this network only.")
    literal = _literal(host)
    if literal is None and not _NAME.fullmatch(host):
        raise _invalid("The address has no host, or one that is no name.")
    if literal is not None and not is_public(literal, loopback):
        raise refusal(literal)


def _literal(host: str) -> Address | None:
    """The address that the host spells; old resolvers also read `127.1`, `0x7f000001` and `2130706433`."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def _invalid(words: str) -> Refused:
    return Refused("invalid-webhook-url", words)
