"""The panels of the desk as docks around its middle: movable, locked, kept, and put back."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QWidget,
)

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import IconButton
from signalos_desktop.ui.widgets.layouts import row
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import Text

_VERSION = 1
_HANDLE = 22
_AREA = Qt.DockWidgetArea
_FEATURE = QDockWidget.DockWidgetFeature
_UNLOCKED = _FEATURE.DockWidgetMovable | _FEATURE.DockWidgetFloatable
# What a pointer can do to the gaps between docks.
_DRAGS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.HoverMove,
    QEvent.Type.HoverEnter,
)


class DockHandle(Ground):
    """What a dock is dragged by; only there while the layout is unlocked."""

    def __init__(self, theme: Theme, dock: QDockWidget) -> None:
        super().__init__(theme, "raised", radius=4)
        self._dock = dock
        name = dock.windowTitle()
        self.float = IconButton(theme, "link", f"Float or dock {name}", size=22, icon_size=12)
        self.float.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        caption = Text(theme, name, "caption", "text3", 600)
        self.setLayout(row(caption, None, self.float, margins=(8, 0, 2, 0)))
        self.setFixedHeight(_HANDLE)
        self.setCursor(Qt.CursorShape.SizeAllCursor)


class _Gaps(QProxyStyle):
    """Gaps between docks as wide as the design's gutter; no grip where nothing can be moved."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme
        self.locked = True

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric is QStyle.PixelMetric.PM_DockWidgetSeparatorExtent:
            return self._theme.density.gutter
        return super().pixelMetric(metric, option, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        grip = element is QStyle.PrimitiveElement.PE_IndicatorDockWidgetResizeHandle
        if not (grip and self.locked):
            super().drawPrimitive(element, option, painter, widget)


class Docks(QMainWindow):
    """The middle stays where it is; every dock is one of `places`. locked_changed: on or off."""

    locked_changed = Signal(bool)

    def __init__(self, theme: Theme, middle: QWidget) -> None:
        super().__init__(flags=Qt.WindowType.Widget)
        self._theme = theme
        self.docks: dict[str, QDockWidget] = {}
        self._areas: dict[str, Qt.DockWidgetArea] = {}
        self.locked = True
        self._gaps = _Gaps(theme)
        self._gaps.setParent(self)
        self.setStyle(self._gaps)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks
        )
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            self.setCorner(corner, _AREA.BottomDockWidgetArea)
        self.setCentralWidget(middle)

    def add(self, key: str, name: str, area: Qt.DockWidgetArea, panel: QWidget) -> None:
        dock = QDockWidget(name, self)
        dock.setObjectName(key)
        dock.setAccessibleName(name)
        dock.setAllowedAreas(_AREA.AllDockWidgetAreas)
        dock.setWidget(panel)
        self.docks[key], self._areas[key] = dock, area
        self.addDockWidget(area, dock)
        self._arm(dock)

    def set_locked(self, *, locked: bool) -> None:
        """Locked, nothing can be moved by an unlucky drag."""
        self.locked = self._gaps.locked = locked
        self.update()
        for dock in self.docks.values():
            self._arm(dock)
        self.locked_changed.emit(locked)

    def reset(self, widths: Mapping[str, int], heights: Mapping[str, int]) -> None:
        """Everything back to its own area, in the sizes (px) of the design."""
        focus = QApplication.focusWidget()
        for key, dock in self.docks.items():
            dock.setFloating(False)
            self.removeDockWidget(dock)
            self.addDockWidget(self._areas[key], dock)
            dock.show()
        self.resize_docks(widths, heights)
        if focus is not None:
            # Taking a dock out hands its focus to whatever comes next in the window.
            focus.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def resize_docks(self, widths: Mapping[str, int], heights: Mapping[str, int]) -> None:
        for sizes, way in (
            (widths, Qt.Orientation.Horizontal),
            (heights, Qt.Orientation.Vertical),
        ):
            shown = [key for key in sizes if key in self.docks and self._holds(key)]
            docks = [self.docks[key] for key in shown]
            self.resizeDocks(docks, [sizes[key] for key in shown], way)

    def keep(self) -> str:
        return bytes(self.saveState(_VERSION).toBase64().data()).decode("ascii")

    def restore(self, kept: str) -> bool:
        """False for a text that is no layout; then everything stays as it was."""
        state = QByteArray.fromBase64(kept.encode("ascii", "replace"))
        return not state.isEmpty() and self.restoreState(state, _VERSION)

    def event(self, event: QEvent) -> bool:
        if self.locked and event.type() in _DRAGS:
            # Only the gaps between docks belong to this window itself.
            return True
        return super().event(event)

    def _holds(self, key: str) -> bool:
        """Docked and shown: only these have a share of the room."""
        dock = self.docks[key]
        return not dock.isFloating() and not dock.isHidden()

    def _arm(self, dock: QDockWidget) -> None:
        free = not self.locked
        dock.setFeatures(_UNLOCKED if free else _FEATURE.NoDockWidgetFeatures)
        before = dock.titleBarWidget()
        # An empty widget takes the place of Qt's own bar, which would stand there otherwise.
        dock.setTitleBarWidget(DockHandle(self._theme, dock) if free else QWidget())
        if before is not None:
            before.deleteLater()
