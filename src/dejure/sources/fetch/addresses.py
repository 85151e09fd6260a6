"""Which addresses may be asked: what a URL names, what its host resolves to, and which networks are forbidden."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from dejure.errors import FetchFailed, FetchLater, FetchRefused

__all__ = ["Gate", "Resolve", "Target", "joined", "target_of"]

#: Takes host and port, gives the addresses it has.
Resolve = Callable[[str, int], list[str]]

_PORTS = {"http": 80, "https": 443}
_LONGEST_URL = 4_000
_HOST = re.compile(r"[a-z0-9._-]{1,253}")
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._?"

# The special registries of IANA: what is not part of the public internet, or leads on to another address. Written out,
# since the standard library judges some of them otherwise from one version to the next.
_FORBIDDEN = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7",
        "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL, taken apart.

    Parameters
    ----------
    url : str
        As it is asked for, without a fragment.
    host : str
        In ASCII, small letters.
    path : str
        With the query.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the header `Host` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority."""
        return f"{self.scheme}://{self.authority}"


def target_of(url: str) -> Target:
    """Take a URL apart.

    Raises
    ------
    FetchRefused
        If it is none, or one that is not asked for: another scheme, a name and password in it.
    """
    if len(url) > _LONGEST_URL or not url.isprintable():
        raise FetchRefused("this is no address that can be fetched", value=url, cure="give an http or https address")
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise FetchRefused("this is no address", value=url, cure="give an http or https address") from error
    if scheme not in _PORTS or not host:
        raise FetchRefused("only http and https addresses are fetched", value=url)
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("an address with a name or password in it is not fetched", value=f"{scheme}://…@{host}")
    path = quote(parts.path or "/", safe=_SAFE_IN_PATH) + (
        f"?{quote(parts.query, safe=_SAFE_IN_PATH)}" * bool(parts.query)
    )
    try:
        host = ip_address(host).compressed if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError as error:
        raise FetchRefused("the host has no name that can be looked up", value=host) from error
    if ":" not in host and not _HOST.fullmatch(host):
        raise FetchRefused("the host has no name that can be looked up", value=host)
    made = Target(url="", scheme=scheme, host=host, port=port or _PORTS[scheme], path=path)
    return Target(url=made.origin + path, scheme=scheme, host=host, port=made.port, path=path)


def joined(base: str, place: str) -> str:
    """The address that a link or redirect on a page means.

    Raises
    ------
    FetchRefused
        If it is none.
    """
    try:
        return urljoin(base, place)
    except ValueError as error:
        raise FetchRefused("a link leads to no address", value=place) from error


class Gate:
    """Looks up hosts, and lets through only addresses that may be asked.

    Parameters
    ----------
    allow : str
        Networks, parted by commas, that may be asked although they are not public.
    resolve : callable, optional
        Looks up a host; the system's resolver by default.
    """

    def __init__(self, allow: str = "", resolve: Resolve | None = None) -> None:
        self._allowed = tuple(ip_network(one.strip(), strict=False) for one in allow.split(",") if one.strip())
        self._resolve = resolve or _by_system

    def addresses(self, target: Target, seconds: float) -> list[str]:
        """The addresses of a host, looked up once, each checked. Connect to one of these and to nothing else.

        Raises
        ------
        FetchRefused
            If one of them lies in a network that is not asked.
        FetchLater, FetchFailed
            If the look-up took too long, or there is none.
        """
        found = self._look_up(target, seconds)
        if not found:
            raise FetchFailed("the host has no address", value=target.host, cure="check the address")
        for one in found:
            try:
                address = ip_address(one)
            except ValueError as error:
                raise FetchRefused("the host resolves to no address", value=one) from error
            if not self._may(address):
                raise FetchRefused(
                    "the host resolves to an address that is private, loopback, link-local or reserved",
                    value=f"{target.host} → {one}", cure="if you mean it, name its network in DEJURE_FETCH_ALLOW",
                )  # fmt: skip
        return found

    def _look_up(self, target: Target, seconds: float) -> list[str]:
        """Ask the resolver in a thread of its own: the system's knows no bound in time."""
        outcome: list[list[str] | Exception] = []

        def ask() -> None:
            try:
                outcome.append(self._resolve(target.host, target.port))
            except (OSError, UnicodeError) as error:
                outcome.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(max(seconds, 0.0))
        if not outcome:
            raise FetchLater("looking up the host took too long", value=target.host)
        if isinstance(outcome[0], Exception):
            raise FetchLater("the host cannot be looked up", value=target.host) from outcome[0]
        return list(dict.fromkeys(outcome[0]))

    def _may(self, address: IPv4Address | IPv6Address) -> bool:
        inner = _carried(address)
        if self._is_allowed(address) or (inner is not None and self._is_allowed(inner)):
            return True
        return _is_public(address) and (inner is None or _is_public(inner))

    def _is_allowed(self, address: IPv4Address | IPv6Address) -> bool:
        return any(_is_within(address, network) for network in self._allowed)


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for or is routed to."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return True  # the address within decides
    return not any(_is_within(address, network) for network in _FORBIDDEN)


def _is_within(address: IPv4Address | IPv6Address, network: IPv4Network | IPv6Network) -> bool:
    return address.version == network.version and address in network


def _by_system(host: str, port: int) -> list[str]:
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
