"""Which network addresses a crawl may connect to, so that no harvested link reaches an internal machine."""

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

IPv4_IN_IPv6 = IPv6Network("64:ff9b::/96")


class RefusedAddressError(Exception):
    """A host resolves to addresses that its source may not reach."""


class UnresolvedError(Exception):
    """A host name has no address."""


def forbidden(address: str) -> str | None:
    """Say why a public crawl may not connect to the IP *address*, or None where it may."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and (inner := _inner(ip)) is not None:
        ip = inner
    names = ("loopback", "link_local", "multicast", "unspecified", "private", "reserved")
    for name in names:
        if getattr(ip, f"is_{name}"):
            return name.replace("_", "-")
    return None if ip.is_global else "not public"


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that *ip* stands for: mapped, 6to4, Teredo or NAT64."""
    if ip in IPv4_IN_IPv6:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo
    return ip.ipv4_mapped or ip.sixtofour or (teredo[1] if teredo else None)


@dataclass(frozen=True)
class Resolver:
    """Find where to connect; `pinned` gives invented hosts of local sources an `address:port`.

    Without `public` no public address is usable: a crawl that names no contact stays inside.
    """

    pinned: Mapping[str, str] = field(default_factory=dict)
    public: bool = True

    async def resolve(self, host: str, port: int, *, local: bool) -> list[tuple[str, int]]:
        """Return the addresses of *host* that may be connected to, in the order to try.

        Raise RefusedAddressError where all of them are internal and the source is not *local*, UnresolvedError where
        there is none. The caller connects to the address returned, so a second answer of the DNS changes nothing.
        """
        if local and (place := self.pinned.get(host)):
            return [_pinned(host, place)]
        addresses = await _look_up(host, port)
        reasons = {address: forbidden(address) for address in addresses}
        usable = [(address, port) for address in addresses if (local if reasons[address] else self.public)]
        if usable:
            return usable
        first = addresses[0]
        if reasons[first] is None:
            raise RefusedAddressError(
                f"{host} is at {first}, a public address, and no contact is set for the User-Agent"
            )
        raise RefusedAddressError(
            f"{host} is at {first}, which is {reasons[first]}; only a source marked `local: true` may reach it"
        )


def _pinned(host: str, place: str) -> tuple[str, int]:
    address, _, port = place.rpartition(":")
    if not address or not port.isdigit():
        raise UnresolvedError(f"the place {place!r} that is set for {host} is not of the form address:port")
    return address.strip("[]"), int(port)


async def _look_up(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnresolvedError(f"the name {host} has no address: {error}") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
