"""What the parser knows of instruments: names, aliases, and the prices each can plausibly have."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """Plausible prices (low to high) and how far a level may lie from the entry, as a factor."""

    low: Decimal
    high: Decimal
    reach: Decimal

    @property
    def known(self) -> bool:
        return self.low > 0

    def fits(self, price: Decimal) -> bool:
        return self.low <= price <= self.high


# Rough worth of one unit in US dollars: only its order of magnitude is used.
CURRENCIES = {
    "USD": "1", "EUR": "1.1", "GBP": "1.3", "CHF": "1.15", "AUD": "0.66", "NZD": "0.6", "CAD":
    "0.72", "JPY": "0.0067", "SGD": "0.76", "HKD": "0.128", "CNH": "0.14", "SEK": "0.1", "NOK":
    "0.095", "DKK": "0.15", "PLN": "0.26", "HUF": "0.0028", "CZK": "0.045", "TRY": "0.028", "ZAR":
    "0.056", "MXN": "0.054", "THB": "0.03", "ILS": "0.28", "INR": "0.0118", "RUB": "0.0115", "BRL":
    "0.18",
}  # fmt: skip

# canonical name, lowest and highest plausible price, reach, what people call it
_TABLE = """
XAUUSD | 500 | 20000 | 1.4 | gold, xau, xauusd, xau usd, gold usd, goldusd, golds, gld, xauusdt,
    gold spot, spot gold, goldd, xau/usdt, gold/usd, xauus, xausd, xauuds, xauud, xauus d,
    g0ld, go1d, glod
XAGUSD | 8 | 400 | 1.5 | silver, xag, xagusd, xag usd, silver usd, silverusd, spot silver
XPTUSD | 300 | 6000 | 1.5 | platinum, xptusd, xpt usd, xpt
XPDUSD | 300 | 6000 | 1.5 | palladium, xpdusd, xpd usd, xpd
XAUEUR | 500 | 20000 | 1.4 | xaueur, xau eur
COPPER | 1 | 20000 | 1.5 | copper, xcuusd
US30 | 8000 | 200000 | 1.3 | us30, dow, dow jones, dj30, ws30, dji, djia, us30usd, wallstreet,
    wall street, wall street 30, us wall street 30, us30cash, dow30, us 30 cash, wallstreet30,
    us30.cash
NAS100 | 3000 | 100000 | 1.3 | nas100, nasdaq, us100, ustec, ndx, nq100, nq, usnas100, nasdaq100,
    nas100usd, us tech 100, ustech100, ustech, us tech, ustec100, us100cash, nasdaq 100 index,
    tech100, nsdq, nsdq100, us100.cash
SPX500 | 1000 | 30000 | 1.3 | spx500, us500, sp500, spx, s&p500, s&p, s&p 500, s p 500, sp 500,
    us500cash, es500, snp500, spx500usd
GER40 | 4000 | 90000 | 1.3 | ger40, de40, dax, dax40, ger30, de30, german40, germany40, germany
    40, dax 30, ger40cash, de40cash, dax index, deu40, germany30
UK100 | 3000 | 40000 | 1.3 | uk100, ftse, ftse100, uk100cash, footsie
JP225 | 8000 | 200000 | 1.3 | jp225, nikkei, jpn225, nikkei225, nik225, ni225, japan225
FRA40 | 3000 | 30000 | 1.3 | fra40, cac40, cac, fr40
EU50 | 1500 | 20000 | 1.3 | eu50, eustx50, stoxx50, eurostoxx, eurostoxx50, stoxx 50, euro stoxx
    50
AUS200 | 3000 | 30000 | 1.3 | aus200, asx200, asx
HK50 | 8000 | 100000 | 1.3 | hk50, hang seng, hangseng, hsi
US2000 | 500 | 10000 | 1.3 | us2000, russell 2000, russell2000
USOIL | 5 | 300 | 1.5 | usoil, oil, wti, xtiusd, xti usd, xti, crude, crude oil, crudeoil, us oil,
    usousd, oilusd, us crude, usoilspot, wti oil, oil wti, oil us, usoil cash
UKOIL | 5 | 300 | 1.5 | ukoil, brent, xbrusd, xbr usd, xbr, uk oil, brent oil, brent crude, oil
    brent
NATGAS | 0.5 | 30 | 1.6 | natgas, natural gas, ngas, xngusd, xng usd, nat gas, xng, natgasusd
BTCUSD | 1000 | 2000000 | 2.5 | btc, bitcoin, btcusd, btc usd, xbtusd, bitcoin usd, btcusd.p
BTCUSDT | 1000 | 2000000 | 2.5 | btcusdt, btc usdt
ETHUSD | 50 | 100000 | 3 | eth, ethereum, ethusd, eth usd, ether
ETHUSDT | 50 | 100000 | 3 | ethusdt, eth usdt
V75 | 1000 | 5000000 | 1.6 | v75, vix75, r75, volatility 75, volatility 75 index, vix 75,
    volatility75, v75 index, vol75, vol 75, r_75, vix75 index
V75(1S) | 100 | 5000000 | 1.6 | v75 1s, volatility 75 1s, volatility 75 1s index, vix 75 1s
V10 | 100 | 1000000 | 1.6 | v10, vix10, volatility 10, volatility 10 index, vix 10
V25 | 100 | 1000000 | 1.6 | v25, vix25, volatility 25, volatility 25 index, vix 25
V50 | 10 | 1000000 | 1.6 | v50, vix50, volatility 50, volatility 50 index, vix 50
V100 | 10 | 1000000 | 1.6 | v100, vix100, volatility 100, volatility 100 index, vix 100
BOOM1000 | 1000 | 500000 | 1.6 | boom1000, boom 1000, boom 1000 index, boom1000index
BOOM500 | 500 | 500000 | 1.6 | boom500, boom 500, boom 500 index
BOOM300 | 100 | 500000 | 1.6 | boom300, boom 300, boom 300 index
CRASH1000 | 500 | 500000 | 1.6 | crash1000, crash 1000, crash 1000 index
CRASH500 | 500 | 500000 | 1.6 | crash500, crash 500, crash 500 index, crash500index
CRASH300 | 500 | 500000 | 1.6 | crash300, crash 300, crash 300 index
STEPINDEX | 1000 | 500000 | 1.6 | step index, stepindex
JUMP75 | 100 | 5000000 | 1.6 | jump75, jump 75, jump 75 index
"""

_FX_NAMES = """
GBPUSD | cable, pound dollar, gu
EURUSD | fiber, fibre, euro dollar
USDJPY | ninja, uj, dollar yen
AUDUSD | aussie
NZDUSD | kiwi
USDCAD | loonie
USDCHF | swissy, swissie
GBPJPY | gj, guppy, geppy, gopher, pound yen
EURJPY | ej, yuppy, euro yen
EURGBP | chunnel, euro pound
"""

_WEAK_NAMES = """
NAS100 | nas, naz
EURUSD | eu, euro
GBPUSD | sterling, pound
AUDUSD | au
USDCAD | uc
NZDUSD | nu
US30 | dj
SOLUSDT | sol
ADAUSDT | ada
SUIUSDT | sui
INJUSDT | inj
DOTUSDT | dot
UNIUSDT | uni
TONUSDT | ton
"""

# Coins whose short name nobody uses for anything else.
_COINS = """
sol xrp doge ada avax ltc bnb dot matic atom shib trx xlm etc fil apt inj arb sui pepe wif bonk
floki bch xmr algo vet icp hbar grt aave uni ldo crv snx mkr rndr fet jup tia sei strk kas tao
ondo ena pol rune ftm axs galaxy zec dash eos xtz neo qnt egld theta chz gmt imx dydx ordi wld
pyth jto ton 1inch
"""
_COIN_NAMES = {
    "SOL": "solana", "XRP": "ripple", "DOGE": "dogecoin", "ADA": "cardano", "AVAX": "avalanche",
    "LTC": "litecoin", "DOT": "polkadot", "LINK": "chainlink", "SHIB": "shiba inu", "MATIC":
    "polygon",
}  # fmt: skip
# These are also words: a coin only behind a $ or #, or before a quote currency.
_WORDLIKE = """
link near one gas sand op ape sun hot key mask win fun dot etc algo apt sei ton uni fil grt crv
vet rune gmt imx ena pol dash neo fet jup ordi theta kas magic high people id cake mina core super
portal blur bat flow act move turbo trump ai meme not ace cyber beam sol ada inj sui
"""
_STOCKS = "aapl tsla nvda amzn msft googl nflx"

_UNKNOWN_COIN = Scale(Decimal(0), Decimal(10) ** 9, Decimal(8))
_DEFAULT_FX_REACH = Decimal("1.12")
QUOTES = ("usdt", "usdc", "busd", "perp", "usd")
_SUFFIXES = """m c z i x e r s p b pro micro mini ecn raw std cash spot stp vip prime plus fx perp
swap ez sml nx tt sd nr lv k g a var h o"""
SUFFIXES = frozenset(_SUFFIXES.split())


def _rows(table: str) -> Iterator[list[str]]:
    """Cells of each row; an indented line continues the row above it."""
    table = table.replace("\n    ", " ")
    return ([cell.strip() for cell in line.split(" | ")] for line in table.strip().splitlines())


def _build_scales() -> dict[str, Scale]:
    worth = {code: Decimal(usd) for code, usd in CURRENCIES.items()}
    scales = {
        base + quote: Scale(
            worth[base] / worth[quote] / 3, worth[base] / worth[quote] * 3, _DEFAULT_FX_REACH
        )
        for base in worth
        for quote in worth
        if base != quote
    }
    for name, low, high, reach, _ in _rows(_TABLE):
        scales[name] = Scale(Decimal(low), Decimal(high), Decimal(reach))
    return scales


SCALES = _build_scales()
# The order in which the market names two currencies: the first of them here is the base.
_RANKS = ("EUR", "GBP", "AUD", "NZD", "USD", "CAD", "CHF", "JPY")
PAIRS = frozenset(base + quote for at, base in enumerate(_RANKS) for quote in _RANKS[at + 1 :]) | {
    "USDTRY",
    "USDRUB",
    "EURTRY",
    "EURRUB",
    "USDPLN",
    "USDCNH",
    "USDMXN",
    "USDBRL",
    "USDINR",
}


def scale_of(symbol: str | None) -> Scale:
    """The plausible prices of an instrument; anything is plausible for one we do not know."""
    return SCALES.get(symbol or "", _UNKNOWN_COIN)


def names() -> Iterator[tuple[str, str]]:
    """(what people call it, canonical symbol) for everything that needs no context."""
    for row in _rows(_TABLE):
        yield from ((alias.strip(), row[0]) for alias in row[4].split(","))
    for pair in SCALES:
        if len(pair) == 6 and pair[:3] in CURRENCIES and pair[3:] in CURRENCIES:
            yield pair.lower(), pair
            yield f"{pair[:3]} {pair[3:]}".lower(), pair
    for symbol, aliases in _rows(_FX_NAMES):
        yield from ((alias.strip(), symbol) for alias in aliases.split(","))
    for coin in sorted({*_COINS.split(), *_WORDLIKE.split()}):
        for quote in QUOTES[:3]:
            yield f"{coin} {quote}", coin.upper() + quote.upper()
        yield f"{coin} perp", coin.upper() + "USDT"
        yield f"{coin} usd", coin.upper() + "USD"
    for coin in set(_COINS.split()) - set(_WORDLIKE.split()):
        yield coin, coin.upper() + "USDT"
    for coin, name in _COIN_NAMES.items():
        yield name, coin + "USDT"
    for stock in _STOCKS.split():
        yield stock, stock.upper()


def weak_names() -> Iterator[tuple[str, str]]:
    """Names that are also ordinary words: they count where no other instrument is named."""
    for symbol, aliases in _rows(_WEAK_NAMES):
        yield from ((alias.strip(), symbol) for alias in aliases.split(","))


WORDLIKE = frozenset(_WORDLIKE.split())


def attached(word: str, known: dict[str, str]) -> str | None:
    """The symbol of a word that carries a broker's suffix or a crypto quote, such as `eurusdm`."""
    for quote in QUOTES:
        base = word.removesuffix(quote)
        if 2 <= len(base) < len(word) <= 16 and base.isascii():
            if quote != "usd":
                return base.upper() + ("USDT" if quote == "perp" else quote.upper())
            if base in WORDLIKE or known.get(base, "").startswith(base.upper()):
                return base.upper() + "USD"
    for length in range(1, 6):
        symbol = known.get(word[:-length])
        least = 4 if length > 3 else 5  # goldmicro, but not goldm
        if symbol and len(word) - length >= least and word[-length:] in SUFFIXES:
            return symbol
    return None
