"""Opens the bridge that fits a folder: protocol 2 where its EA runs, protocol 1 only if agreed."""

from dataclasses import dataclass
from pathlib import Path

from signalos_desktop.adapters.mt5_files.bridge import TerminalBridge
from signalos_desktop.adapters.mt5_files.files import DiskFiles, FileSystem
from signalos_desktop.adapters.mt5_files.folder import ROOT, common_folder, find_instance
from signalos_desktop.adapters.mt5_files.stock_bridge import StockBridge
from signalos_desktop.adapters.mt5_files.stock_terminal import StockTerminal
from signalos_desktop.adapters.mt5_files.troubles import ea_not_running
from signalos_desktop.engine.ports import Clock, Trouble


@dataclass(frozen=True, slots=True)
class Opened:
    """Either a bridge, or the trouble that there is none yet: look again a little later."""

    bridge: TerminalBridge | StockBridge | None
    trouble: Trouble | None


def open_bridge(
    folder: Path,
    clock: Clock,
    *,
    protocol: str = "auto",
    magic: int | None = None,
    common: Path | None = None,
    stock: StockTerminal | Trouble | None = None,
    files: FileSystem | None = None,
) -> Opened:
    """folder: a terminal's MQL5/Files or one instance's folder; protocol: `1`, `2` or `auto`.

    stock: what the settings say of a stock executor, None = nothing, or what is wrong with it.
    """
    files = files or DiskFiles()
    if protocol != "1":
        opened = _open_terminal(folder, clock, magic, common, files)
        if opened.bridge is not None or protocol == "2" or seen_protocol_2(files, folder):
            return opened
    return _open_stock(folder, clock, stock, files)


def seen_protocol_2(files: FileSystem, folder: Path) -> bool:
    """True if an EA of ours ever made its folder here."""
    names = files.names(folder / ROOT)
    return any(files.stat(folder / ROOT / name / "status.json") is not None for name in names)


def _open_terminal(
    folder: Path, clock: Clock, magic: int | None, common: Path | None, files: FileSystem
) -> Opened:
    instance, trouble = find_instance(files, folder, magic)
    if instance is None:
        return Opened(None, trouble)
    shared = common or common_folder(files, instance.path, instance.status.common)
    bridge = TerminalBridge(
        instance.path,
        instance.account,
        instance.status.magic,
        clock,
        files=files,
        common=shared,
    )
    return Opened(bridge, None)


def _open_stock(
    folder: Path, clock: Clock, stock: StockTerminal | Trouble | None, files: FileSystem
) -> Opened:
    if files.stat(folder) is None or stock is None:
        _, trouble = find_instance(files, folder)
        return Opened(None, trouble or ea_not_running(str(folder)))
    if isinstance(stock, Trouble):
        return Opened(None, stock)
    if not stock.agreed:
        return Opened(
            None,
            Trouble(
                "PROTOCOL_1_NOT_AGREED",
                f"{folder}: only the stock executor can be used here, without snapshots and "
                "without a stop that can be proven.",
                "Install SignalOSBridge, or agree to protocol 1 in Settings > Terminals.",
            ),
        )
    return Opened(StockBridge(folder, stock, clock, files=files), None)
