"""Tokens for tests: made here, signed with noise, and searched for in whatever form they leak."""

import base64
import json
from collections.abc import Iterable
from pathlib import Path


def part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def jwt(exp: object = 4_102_444_800, alg: object = "RS256", size: int = 0, **claims: object) -> str:
    """A token until 2100; size: characters of ballast."""
    body = {"sub": "7", "exp": exp, "ballast": "b" * size, **claims}
    return ".".join((part({"alg": alg, "typ": "JWT"}), part(body), "s1gN4tuRe-of_this_token" * 4))


def canary(name: str) -> str:
    """A token like no other."""
    return jwt(canary=f"canary-{name}-8d1f2c7e5b")


def encodings(token: str) -> dict[str, tuple[bytes, ...]]:
    """The token's most telling piece as it might stand in a file, in five encodings."""
    piece = token.split(".")[1][-60:].encode()
    return {
        "plain": (piece,),
        "utf-16": (piece.decode().encode("utf-16-le"),),
        "hex": (piece.hex().encode(), piece.hex().upper().encode()),
        "base64": tuple(_base64_inside(piece, shift) for shift in range(3)),
        "percent": (
            "".join(f"%{byte:02x}" for byte in piece).encode(),
            "".join(f"%{byte:02X}" for byte in piece).encode(),
        ),
    }


def leaks(token: str, contents: Iterable[tuple[str, bytes]]) -> list[str]:
    """Where the token stands, and how it is written there."""
    forms = encodings(token)
    return [
        f"{name}: {encoding}"
        for name, content in contents
        for encoding, spellings in forms.items()
        if any(spelling in content for spelling in spellings)
    ]


def files_below(*folders: Path) -> list[tuple[str, bytes]]:
    return [
        (str(path), path.read_bytes())
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]


def _base64_inside(piece: bytes, shift: int) -> bytes:
    """How the piece looks inside something longer that is written in base64."""
    inner = base64.b64encode(b"\0" * shift + piece)
    return inner[4 if shift else 0 : len(inner) - 4]
