"""Where a webhook may lead, and where it may not, however that is spelt."""

import ipaddress

import pytest

from chalicelib.domain.webhook_url import Refused, is_public, parse

INSIDE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.31.255.255",
    "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "1.1.1.1", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::200e"]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_global_unicast_is_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_is_given_out_to_the_public_is(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", [one for one in INSIDE if one not in ("127.0.0.1", "127.255.255.254", "::1")])
def test_a_local_run_takes_this_machine_and_nothing_else_inside(address):
    assert not is_public(ipaddress.ip_address(address), loopback=True)
    assert is_public(ipaddress.ip_address("127.0.0.1"), loopback=True)
    assert is_public(ipaddress.ip_address("::1"), loopback=True)


@pytest.mark.parametrize(
    "url",
    [
        "https://169.254.169.254/latest/meta-data/", "https://127.1/", "https://2130706433/", "https://0x7f000001/",
        "https://0177.0.0.1/", "https://10.0.0.1./", "https://[::1]/", "https://[::ffff:10.0.0.1]/",
        "https://[fe80::1%25eth0]/", "https://localhost/", "https://LOCALHOST./", "https://a.localhost/",
        "https://metadata.google.internal/", "https://printer.local/",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused_in_all_their_spellings(url):
    with pytest.raises(Refused) as refused:
        parse(url)
    assert refused.value.code == "webhook-address-refused"


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example.org/", "ftp://shop.example.org/", "//shop.example.org/", "shop.example.org", "https://", "https:///x",
        "https://user@shop.example.org/", "https://u:p@shop.example.org/", "https://shop.example.org/#a",
        "https://shop.example.org:25/", "https://shop.example.org:0/", "https://shop.example.org:70000/",
        "https://shop.example.org:x/", "https://shop.example.org/a b", "https://shop.example.org/\r\nHost: x",
        "https://bücher.example/", "https://shop.example.org\\@10.0.0.1/", "https://[::1/", "https://x/" + "a" * 2000,
        "https://./", "https://../", "https://.example.com/", "https://a..b/", "https://example.com../", "https://a,b/",
        "https://ex%61mple.com/", "https://127.0.0.1%00.example.com/", f"https://{'a' * 64}.example/",
    ],
)  # fmt: skip
def test_what_is_no_plain_https_address_is_refused(url):
    with pytest.raises(Refused) as refused:
        parse(url)
    assert refused.value.code == "invalid-webhook-url"


def test_the_parts_are_those_that_a_request_needs():
    target = parse("https://Shop.Example.org:8443/hooks?shop=1&x")

    assert (target.host, target.port, target.authority) == ("shop.example.org", 8443, "Shop.Example.org:8443")
    assert (target.path, target.secure) == ("/hooks?shop=1&x", True)
    assert parse("https://shop.example.org").path == "/"


def test_a_local_run_takes_http_to_this_machine():
    assert parse("http://127.0.0.1:9000/x", loopback=True).port == 9000
    assert parse("http://localhost/x", loopback=True).port == 80
    with pytest.raises(Refused):
        parse("http://10.0.0.1/x", loopback=True)
