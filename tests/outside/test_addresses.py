"""Which addresses are called: those of the internet, and what an installation lists."""

import pytest

from helpline.outside.addresses import BadAddress, Exceptions, is_address, is_public, target_of


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_an_address_of_the_internet_may_be_called(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.0.8",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2001:0:7f00:1::",
        "2002:7f00:1::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
    ],
)
def test_this_machine_this_network_and_what_is_translated_into_them_may_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://Example.com", ("https", "example.com", 443, "/")),
        ("https://example.com/a?b=c", ("https", "example.com", 443, "/a?b=c")),
        ("http://10.0.0.1:8080/x", ("http", "10.0.0.1", 8080, "/x")),
        ("https://[::1]:9/", ("https", "::1", 9, "/")),
        ("https://b\u00fccher.example/", ("https", "xn--bcher-kva.example", 443, "/")),
    ],
)
def test_an_address_is_taken_apart_once(url: str, parts: tuple[object, ...]) -> None:
    assert tuple(target_of(url)) == parts


def test_a_port_of_its_own_and_brackets_stand_in_the_host_header() -> None:
    assert [target_of(url).authority for url in ("https://a.example", "http://[::1]:9/")] == ["a.example", "[::1]:9"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "ftp://example.com",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://me:secret@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com/#part",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://exa mple.com/",
        "https://example.com/a b",
        "https://example.com/\r\nx: y",
        "https://[::1/",
        "https://\u2025.example/",
    ],
)
def test_what_is_no_address_of_a_server_is_none(url: str) -> None:
    assert not is_address(url)
    with pytest.raises(BadAddress):
        target_of(url)


def test_hosts_are_excepted_with_or_without_their_port_or_all_of_them() -> None:
    target = target_of("http://erp.internal:8080/")
    for listed, holds in (
        ("", False),
        ("erp.internal", True),
        ("a, ERP.internal:8080", True),
        ("erp.internal:81", False),
        ("*", True),
    ):
        assert Exceptions(listed).hold(target) is holds
