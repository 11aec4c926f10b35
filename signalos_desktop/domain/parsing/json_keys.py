"""What the keys of JSON messages stand for, and the letters and codes they use for a side."""

from collections.abc import Mapping
from typing import Final

# the word written instead of a key, and the keys (lower case, letters only) it stands for
_TABLE: Final[Mapping[str, str]] = {
    "symbol": """symbol sym instr instrument ticker pair market asset what coin security underlying
        product contract currencypair tradingpair fxpair scrip epic mkt symbolname""",
    "side": """side dir direction way bs buysell buyorsell longshort positionside tradeside
        tradedirection orderside signalside positiontype verb signaltype""",
    "action": "action act cmd command operation op",
    "type": "type ordertype tradetype kind typ",
    "entry": """entry entryprice ep at open openprice openat px buyat sellat enter enterat entryat
        trigger triggerprice limitprice orderprice entrylevel entries entryzone e""",
    "sl": """sl stoploss stop stopprice slprice protect protection protectivestop stoplossprice
        stoplossonfill hardstop invalidation""",
    "tp": """tp tps takeprofit takeprofits target targets goal goals tgt tgts takeprofitonfill
        profittarget t tpprice takeprofitprice objectives""",
    "sl pips": "slpips stoplosspips stoppips slpoints",
    "tp pips": "tppips takeprofitpips targetpips tppoints",
}  # fmt: skip
WORD_OF: Final = {key: word for word, keys in _TABLE.items() for key in keys.split()}
_KEEPING_TEXT: Final = frozenset({"at", "open", "stop", "stopprice"})
_SIDE_KEYS: Final = frozenset({"side", "action", "type"})
_SIDES: Final = {
    **dict.fromkeys(("b", "l", "bull", "bullish", "up", "call", "long"), "buy"),
    **dict.fromkeys(("s", "bear", "bearish", "down", "put", "short"), "sell"),
}
_WRAPPERS: Final = """
    signal signals data order orders payload alert body trade trades embeds embed fields
    items levels risk exits bracket params parameters details info meta content message
    prices plan setup management position tv strategy request event args options attributes
"""
WRAPPERS: Final = frozenset(_WRAPPERS.split())
NAMING: Final = frozenset(("name", "title", "label", "field", "key"))
NAMED: Final = frozenset(("value", "val", "text", "content"))
_ASIDE: Final = """
    v ver schema
    history previous last indicators account stats statistics performance lastsignal
    previoussignal lasttrade closedtrades chat channel source provider author sender
    username user group room bot platform broker server accountname exchange uuid msgtype
    messagetype version secret passphrase token apikey
"""
ASIDE: Final = frozenset(_ASIDE.split())


def plain(key: str) -> str:
    """A key's letters in lower case: take_profit_1 is takeprofit."""
    return "".join(c for c in key.lower() if c.isalpha())


def known(key: str) -> bool:
    """Whether a key speaks for itself, whatever it stands in."""
    return plain(key) in WORD_OF


def word_of(key: str, text: str | None) -> str | None:
    """The word to write for a key; `text` is its value if that is a word and no number."""
    name = plain(key)
    if text is not None and name in _KEEPING_TEXT:
        return None
    word = WORD_OF.get(name)
    if word == name:
        return None
    count = key[len(key.rstrip("0123456789")) :]
    return word + count if word in ("tp", "entry") else word


def names_side(key: str) -> bool:
    """Whether a key holds a side, an action or a type."""
    return WORD_OF.get(plain(key)) in _SIDE_KEYS


def side_of(key: str, text: str) -> str | None:
    """ "buy" or "sell" for the letter or code of a side behind a key that holds one."""
    return _SIDES.get(text) if names_side(key) else None
