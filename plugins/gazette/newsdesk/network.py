"""Which machines the newsdesk may speak to: public ones alone, decided on the address that is then connected to.

A school's source is an address that somebody else wrote: without this, it would have our machine read what stands
behind the firewall. ``ipaddress.is_global`` is no such guard (it holds NAT64, 6to4 and multicast for global).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass

from gazette.newsdesk.fault import FetchError

Resolve = Callable[[str, int], list[str]]
_SPECIAL = tuple(
    ipaddress.ip_network(n)
    for n in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
)
"""IANA's special-purpose registries (RFC 6890 and its successors), multicast and class E."""
_UNICAST = ipaddress.ip_network("2000::/3")
"""The only part of IPv6 given to machines of the Internet."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is that of a machine of the Internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip not in _UNICAST or ip.scope_id:
            return False
    return not any(ip in network for network in _SPECIAL if network.version == ip.version)


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Network:
    """What may be connected to."""

    has_loopback: bool = False
    """Tests, and a circonscription whose forge is on the same machine: this machine too, on any port."""
    resolve: Resolve = resolved

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses to connect to; ``FetchError`` when one of them is no public one."""
        try:
            found = list(dict.fromkeys(self.resolve(host, port)))
        except (OSError, UnicodeError) as error:
            raise FetchError("RES-01", f"machine {host} introuvable") from error
        if not found:
            raise FetchError("RES-01", f"machine {host} introuvable")
        if not all(self._may_reach(address) for address in found):
            raise FetchError("RES-02", f"{host} n’est pas une machine d’Internet : rien ne lui a été demandé")
        return found

    def _may_reach(self, address: str) -> bool:
        return is_public(address) or (self.has_loopback and ipaddress.ip_address(address).is_loopback)

    def check_port(self, port: int, usual: int) -> None:
        """Refuse any other port than the protocol's own, but on this machine."""
        if port != usual and not self.has_loopback:
            raise FetchError("RES-03", f"port {port} refusé : seul le port {usual} sert")
