"""Makes and signs the release feed: `python -m installer.feed key FILE`, `... sign ...`."""

import argparse
import base64
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from nacl.signing import SigningKey

from signalos_desktop.domain.release_news import News, read_news


def make_feed(key: SigningKey, version: str, notes: str, issued: datetime) -> bytes:
    """Signed bytes behind a line with their signature; refused if the program would refuse it."""
    said = {
        "format": 1,
        "product": "SignalOS Desktop",
        "version": version,
        "issued": issued.isoformat(timespec="seconds"),
        "notes": notes,
    }
    body = json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
    news = read_news(body, "0.0.0", issued)
    assert isinstance(news, News)
    return base64.b64encode(key.sign(body).signature) + b"\n" + body


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m installer.feed", allow_abbrev=False)
    verbs = parser.add_subparsers(dest="verb", required=True)
    key = verbs.add_parser("key", help="a new key; prints its public half for updates.json")
    key.add_argument("file", type=Path)
    sign = verbs.add_parser("sign", help="a feed for a released version")
    sign.add_argument("--key", type=Path, required=True)
    sign.add_argument("--version", required=True)
    sign.add_argument("--notes", default="", help="plain text that the panel shows")
    sign.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    if args.verb == "key":
        return _make_key(args.file)
    signing_key = SigningKey(base64.b64decode(args.key.read_text("ascii")))
    args.out.write_bytes(make_feed(signing_key, args.version, args.notes, datetime.now(UTC)))
    return 0


def _make_key(file: Path) -> int:
    made = SigningKey.generate()
    # Never over a key that exists: what it has signed could not be followed by anything.
    with file.open("x", encoding="ascii") as out:
        file.chmod(0o600)
        out.write(base64.b64encode(bytes(made)).decode())
    print(base64.b64encode(bytes(made.verify_key)).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
