"""An address that a token may be sent to: https, or this very computer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.server_address import AddressRefusedError, is_loopback, read_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://signalos.example", "https://signalos.example"),
        (" HTTPS://SignalOS.Example:443/ ", "https://signalos.example"),
        ("https://signalos.example:8443/desk/", "https://signalos.example:8443/desk"),
        ("http://localhost:5000", "http://localhost:5000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://127.8.9.10:5000/", "http://127.8.9.10:5000"),
        ("http://[::1]:5000", "http://[::1]:5000"),
        ("https://[2001:DB8::1]", "https://[2001:db8::1]"),
    ],
)
def test_addresses_that_are_taken(typed: str, kept: str) -> None:
    address = read_address(typed)
    assert str(address) == kept
    assert read_address(kept) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "signalos.example",
        "http://signalos.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "https://name:secret@signalos.example",
        "https://@signalos.example",
        "https://signalos.example/?token=1",
        "https://signalos.example/#x",
        "https://signalos.example/../x y",
        "https://signalos.example\\@evil.example",
        "https://signalos.example:0",
        "https://signalos.example:99999",
        "https://signalos.example:x",
        "https://[::1",
        "https://[::zz]",
        "https://[v1.a:b]",
        "https://[fe80::1%eth0]",
        "https://[1.2.3.4:5]",
        "https://-x",
        "https://",
        "ftp://signalos.example",
        "file:///etc/passwd",
        "http://0.0.0.0",
        "http://192.168.1.5:5000",
        "https://sign\u0430los.example",
        "https://a\nb",
        "https://" + "a" * 600,
    ],
)
def test_addresses_that_are_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(AddressRefusedError) as caught:
        read_address(typed)
    assert "secret" not in str(caught.value)
    assert "evil" not in str(caught.value)


def test_what_is_this_computer() -> None:
    assert read_address("http://localhost").loopback
    assert not read_address("https://signalos.example").loopback
    assert read_address("https://signalos.example").origin == ("https", "signalos.example", 443)
    assert not is_loopback("localhost.")


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_refusal(text: str) -> None:
    for typed in (text, f"https://{text}", f"http://{text}"):
        try:
            address = read_address(typed)
        except AddressRefusedError:
            continue
        assert address.scheme == "https" or address.loopback
        assert read_address(str(address)) == address
