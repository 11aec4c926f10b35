"""What a word can mean to a trader; every language's vocabulary maps words to these concepts."""

from enum import IntEnum, auto


class Concept(IntEnum):
    """One meaning. The vocabulary tables are dictionaries from a concept to words."""

    # the order
    SYMBOL = auto()
    BUY = auto()
    SELL = auto()
    BUYING = auto()  # "buying gold": an order only with levels beside it
    SELLING = auto()
    BUYS = auto()  # "all buys": names existing trades, never opens one
    SELLS = auto()
    BOUGHT = auto()  # a report of the past
    NOW = auto()
    MARKET = auto()
    LIMIT = auto()
    STOP = auto()  # "stop": the stop loss, or the order type when it stands beside a side
    STOP_ORDER = auto()
    ENTRY = auto()
    SL = auto()
    TP = auto()
    TP_OPEN = auto()  # "let it run": stands for a target wherever it is written
    OPEN = auto()  # "open", "hold": a target only directly after a target word
    AT = auto()
    FROM = auto()
    TO = auto()
    ABOVE = auto()
    BELOW = auto()
    AND = auto()
    OR = auto()
    # amounts and their units
    NUMBER = auto()
    PRICE = auto()
    INDEX = auto()  # the 2 of "TP2", "2)", "Signal 2"
    PIPS = auto()
    PERCENT = auto()
    RATIO = auto()
    FRACTION = auto()
    LEVERAGE = auto()
    TIMES = auto()
    LOT = auto()  # a unit behind a number that is no price: lots, days, members
    META = auto()  # a word before a number that is no price: volume, balance, id
    RISK = auto()
    REWARD = auto()
    CONFIDENCE = auto()
    TIMEFRAME = auto()
    KEY = auto()  # "signal", "order", "layer": a noun a number may follow
    NOISE = auto()
    # orders about existing trades
    CLOSE = auto()
    CANCEL = auto()
    CANCELLED = auto()
    MOVE = auto()
    MOVED = auto()
    NEW = auto()
    TAKE = auto()  # "book", "secure": a partial close if a share follows
    PARTIAL = auto()
    REDUCE = auto()  # "partially close": a partial close whose share may be unsaid
    HALF = auto()
    THIRD = auto()
    QUARTER = auto()
    ALL = auto()
    REST = auto()
    BREAKEVEN = auto()
    THE = auto()
    # evidence about the whole message
    RESULT = auto()
    GAIN = auto()  # "profit", "won": a result only beside an amount or without levels
    PAST = auto()
    NOT = auto()
    IF = auto()
    AFTER = auto()
    READY = auto()
    ASK = auto()
    PROMO = auto()
    INVITE = auto()  # "copy it": makes a first person's setup an order
    VIEW = auto()
    LESSON = auto()
    RETOLD = auto()  # "from the archive": what follows is an old signal
    ME = auto()
    MACHINE = auto()  # words that order software about
    WITHDRAW = auto()
    CANDLE = auto()
    FILLER = auto()
    UNKNOWN = auto()
    # signs
    NEWLINE = auto()
    END = auto()
    QUESTION = auto()
    COLON = auto()
    COMMA = auto()
    DASH = auto()
    SLASH = auto()
    PLUS = auto()
    EQUALS = auto()
    ARROW = auto()
    BAR = auto()
    PAREN = auto()
    CLOSING = auto()
    HASH = auto()
    DOLLAR = auto()
    CHECK = auto()
    UP = auto()
    DOWN = auto()
    TARGET_MARK = auto()
    STOP_MARK = auto()


C = Concept  # the short name tables and grammar use
