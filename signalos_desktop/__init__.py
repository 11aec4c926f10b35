"""SignalOS Desktop: the control panel between trading signals and MetaTrader 5."""

__version__ = "0.1.0"
