"""No harvested link reaches an internal machine."""

import asyncio

import pytest

from crawlers.addresses import RefusedAddressError, Resolver, UnresolvedError, forbidden


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.8.9.10", "loopback"),
        ("::1", "loopback"),
        ("169.254.169.254", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("fd00::1", "private"),
        ("100.64.0.1", "not public"),
        ("0.0.0.0", "unspecified"),
        ("224.0.0.1", "multicast"),
        ("ff0e::1", "multicast"),
        ("::ffff:127.0.0.1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("64:ff9b::a00:1", "private"),
        ("255.255.255.255", "private"),
    ],
)
def test_an_internal_address_is_refused_in_every_spelling(address: str, why: str) -> None:
    assert forbidden(address) == why


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_a_public_address_is_allowed(address: str) -> None:
    assert forbidden(address) is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]"])
def test_a_public_source_does_not_reach_this_machine_by_any_name(host: str) -> None:
    with pytest.raises(RefusedAddressError, match="local: true"):
        asyncio.run(Resolver().resolve(host, 80, local=False))


def test_a_local_source_reaches_this_machine_and_no_public_one_without_a_contact() -> None:
    assert asyncio.run(Resolver().resolve("127.0.0.1", 81, local=True)) == [("127.0.0.1", 81)]
    with pytest.raises(RefusedAddressError, match="no contact"):
        asyncio.run(Resolver(public=False).resolve("93.184.215.14", 80, local=True))


def test_pinned_names_are_for_local_sources_only() -> None:
    resolver = Resolver({"gazette.test": "127.0.0.9:8099", "six.test": "[::1]:80"})
    assert asyncio.run(resolver.resolve("gazette.test", 80, local=True)) == [("127.0.0.9", 8099)]
    assert asyncio.run(resolver.resolve("six.test", 80, local=True)) == [("::1", 80)]
    with pytest.raises(UnresolvedError, match=r"gazette\.test"):
        asyncio.run(resolver.resolve("gazette.test", 80, local=False))


@pytest.mark.parametrize("place", ["nonsense", "127.0.0.1", ":80", "127.0.0.1:http"])
def test_a_pinned_place_that_is_none_is_named(place: str) -> None:
    with pytest.raises(UnresolvedError, match="not of the form address:port"):
        asyncio.run(Resolver({"x.test": place}).resolve("x.test", 80, local=True))
