"""Takes the wrapping off a message: HTML tags and entities go, JSON becomes lines `key: value`."""

import html
import re
from typing import Final

from signalos_desktop.domain.parsing.json_lines import Marked, lines_of

_BREAKING: Final = {"p", "br", "hr", "li", "ul", "ol", "tr", "div", "h1", "h2", "h3", "h4", "table"}
_CELLS: Final = {"td", "th"}
_STYLING: Final = {
    "a",
    "b",
    "i",
    "u",
    "s",
    "em",
    "del",
    "ins",
    "pre",
    "code",
    "span",
    "small",
    "font",
}
_REMOVED: Final = _STYLING | {
    "strong",
    "center",
    "tbody",
    "thead",
    "blockquote",
    "big",
    "sub",
    "sup",
}
_MARKUP: Final = re.compile(
    r"</?([a-z][a-z0-9]{0,9})(?:\s[^<>\n]{0,200})?/?>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});",
    re.IGNORECASE,
)


def unwrap(text: str) -> Marked | None:
    """The text without its wrapping and each character's place in it; None if it has none."""
    lines = lines_of(text) if "{" in text else None
    if lines is not None:
        return lines
    if ("<" not in text and "&" not in text) or not _MARKUP.search(text):
        return None
    chars: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _MARKUP.finditer(text):
        chars.append(text[at : match.start()])
        offsets += range(at, match.start())
        plain = _plain(match) or (" " if _inside_number(text, match) else "")
        chars.append(plain)
        offsets += [match.start()] * len(plain)
        at = match.end()
    chars.append(text[at:])
    offsets += range(at, len(text))
    return "".join(chars), offsets


def _inside_number(text: str, match: re.Match[str]) -> bool:
    """Digits on both sides of a tag: one number or two is not for us to say."""
    return text[match.start() - 1 : match.start()].isdigit() and (
        text[match.end() : match.end() + 1].isdigit()
    )


def _plain(match: re.Match[str]) -> str:
    if match[1] is None:
        return html.unescape(match[0])
    name = match[1].lower()
    if name in _BREAKING:
        return "\n"
    if name in _CELLS:
        return "\t"
    return "" if name in _REMOVED else match[0]
