"""What the keys of JSON messages stand for, and the letters and codes they use for a side."""

import re
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
_SIGNED: Final = {"-1": "sell", "1": "buy", "+1": "buy"}
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
_EVENTS_TEXT: Final = """
    event status state msg message eventtype eventname notification exectype orderstatus
    tradestatus executiontype dealstatus msgtype messagetype topic subject update type kind
    action result outcome operation signalstatus positionstatus log
"""
_EVENTS: Final = frozenset(_EVENTS_TEXT.split())
_OUTCOMES_TEXT: Final = """
    filled closed modified moved rejected cancelled canceled deleted removed expired placed
    opened executed updated changed adjusted hit reached stopped liquidated declined failed
    error acknowledged ack accepted refused amended
"""
_OUTCOMES: Final = frozenset(_OUTCOMES_TEXT.split())
_OUTCOME_NAMES: Final = frozenset(("fill", "partialfill", "execution", "dealadd", "margincall"))
_ENDED_TEXT: Final = """
    closeprice exitprice closetime closedat closetimestamp exittime pnl realizedpnl realisedpnl
    netprofit netpnl profitloss
"""
_ENDED: Final = frozenset(_ENDED_TEXT.split())
_ANNOUNCING: Final = frozenset(("alert", "signal", "strategy", "triggered", "fired"))
_MOST_EVENT_WORDS: Final = 4
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


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


def tells_outcome(key: str, text: str, counts: bool) -> bool:
    """Whether a value tells what became of a trade: event: order_filled, closePrice: 2650."""
    name = plain(key)
    if counts:
        return name in _ENDED
    words = [word.lower() for word in _WORD.findall(text)]
    if name not in _EVENTS or len(words) > _MOST_EVENT_WORDS:
        return False
    return not _OUTCOMES.isdisjoint(words) or "".join(words) in _OUTCOME_NAMES


def announces(key: str, text: str) -> bool:
    """Whether a value only says that an alert comes: event: alert_triggered."""
    words = [word.lower() for word in _WORD.findall(text)]
    return plain(key) in _EVENTS and bool(words) and _ANNOUNCING.issuperset(words)


def names_side(key: str) -> bool:
    """Whether a key holds a side, an action or a type."""
    return WORD_OF.get(plain(key)) in _SIDE_KEYS


def side_of(key: str, text: str) -> str | None:
    """ "buy" or "sell" for the letter or code of a side behind a key that holds one."""
    return _SIDES.get(text) if names_side(key) else None


def signed_side(key: str, text: str, staked: bool) -> str | None:
    """The side of a signed direction: -1 sells; 1 buys where a stop or target can bear it out."""
    if WORD_OF.get(plain(key)) != "side":
        return None
    return _SIGNED.get(text) if staked or text == "-1" else None
