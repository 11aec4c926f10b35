"""The plain token file of other programs: read as it is, deleted only if it is still the same."""

import os
from pathlib import Path

import pytest

from signalos_desktop.adapters.plain_token import PlainToken, PlainTokenError


@pytest.fixture
def plain(tmp_path: Path) -> PlainToken:
    (tmp_path / "auth_token").write_bytes(b"eyJ.a.b\n")
    return PlainToken(tmp_path / "auth_token")


def test_read_then_delete(plain: PlainToken) -> None:
    assert plain.is_there()
    imported = plain.read()
    assert imported == b"eyJ.a.b\n"
    plain.delete(imported)
    assert not plain.is_there()


def test_a_file_that_has_changed_is_not_deleted(plain: PlainToken) -> None:
    imported = plain.read()
    plain.path.write_bytes(b"another\n")
    with pytest.raises(PlainTokenError, match="changed") as caught:
        plain.delete(imported)
    assert plain.is_there()
    assert "another" not in str(caught.value)


def test_only_as_much_is_read_as_a_token_may_have(plain: PlainToken) -> None:
    plain.path.write_bytes(b"x" * 1_000_000)
    assert len(plain.read()) == 20_000


@pytest.mark.parametrize("kind", ["absent", "folder", "link", "pipe"])
def test_what_is_no_file_of_its_own_is_not_read(plain: PlainToken, kind: str) -> None:
    other = plain.path.rename(plain.path.with_name("other"))
    if kind == "folder":
        plain.path.mkdir()
    elif kind == "link":
        plain.path.symlink_to(other)
    elif kind == "pipe":
        os.mkfifo(plain.path)
    assert not plain.is_there()
    with pytest.raises(PlainTokenError, match="nothing to import"):
        plain.read()
    assert other.exists()


def test_the_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert PlainToken.of_user().path == tmp_path / ".signalos" / "auth_token"
