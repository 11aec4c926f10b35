"""The recipe for SignalOS-Setup.exe; `python3 dev.py installer` runs it."""
