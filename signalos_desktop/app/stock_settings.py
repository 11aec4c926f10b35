"""A terminal with the stock executor, as the settings state it, or what they lack."""

from pathlib import Path

from signalos_desktop.adapters.mt5_files.stock_terminal import StockTerminal
from signalos_desktop.adapters.mt5_files.usual_symbols import usual_symbols
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.symbols_json import decode_symbols
from signalos_desktop.engine.ports import Trouble
from signalos_desktop.engine.settings import Settings

STEP = "signalos-desktop settings set {} VALUE, then start again"


def stock_terminal(settings: Settings, protocol: str) -> StockTerminal | Trouble | None:
    """None: protocol 1 is not to be used. Asking for it by name is an agreement to it."""
    agreed = protocol == "1" or settings.boolean("stock.agreed")
    if protocol == "2" or not agreed:
        return None
    try:
        account = Account.parse(settings.text("stock.account"))
    except ValueError:
        text = "the stock executor does not say which account it trades: state login@server"
        return _lacking("STOCK_ACCOUNT_MISSING", text, "stock.account")
    currency, balance = settings.text("stock.currency").upper(), settings.decimal("stock.balance")
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        text = f"{currency[:40]!r} is no currency such as USD"
        return _lacking("STOCK_CURRENCY", text, "stock.currency")
    if balance <= 0:
        text = "the stock executor shows no balance: state the one that risk is reckoned with"
        return _lacking("STOCK_BALANCE_MISSING", text, "stock.balance")
    specs = _specs(settings, currency)
    if isinstance(specs, Trouble):
        return specs
    return StockTerminal(
        account=account,
        magic=settings.integer("magic"),
        agreed=agreed,
        period_s=float(settings.integer("stock.period_s")),
        currency=currency,
        balance=balance,
        leverage=settings.integer("stock.leverage"),
        specs=specs,
    )


def _specs(settings: Settings, currency: str) -> tuple[SymbolSpec, ...] | Trouble:
    path = settings.text("stock.symbols")
    if not path:
        return usual_symbols(currency, settings.mapping("symbol.map").values())
    try:
        found = decode_symbols(Path(path).read_bytes()).value
    except (OSError, ValueError) as error:
        return _lacking("STOCK_SYMBOLS", f"{path}: {error}", "stock.symbols")
    if not found:
        return _lacking("STOCK_SYMBOLS", f"{path} names no symbol", "stock.symbols")
    return found


def _lacking(code: str, text: str, key: str) -> Trouble:
    return Trouble(code, text, STEP.format(key))
