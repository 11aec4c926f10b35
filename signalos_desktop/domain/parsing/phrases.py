"""How a table's phrase is cut into the words the lexer will meet."""

import re
from typing import Final

from signalos_desktop.domain.parsing.normalise import fold

JOINERS: Final = "-./_:"
_PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:\.\d+)?|[^\s\w]")


def pieces(phrase: str) -> list[str]:
    """The words of a phrase, folded, without the signs that may join them."""
    return [piece for piece in _PIECE.findall(fold(phrase)) if piece not in JOINERS]
