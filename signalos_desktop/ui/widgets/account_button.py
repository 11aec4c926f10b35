"""Whose account the panel is about, and the menu that changes it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QPaintEvent
from PySide6.QtWidgets import QMenu

from signalos_desktop.domain.values import Account
from signalos_desktop.ui.theme.paint import draw_icon, draw_rounded, draw_text, text_width
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.pressable import Pressable

_CAPTION = "Account"
_ARROW = 14


class AccountButton(Pressable):
    """chosen: an Account. With one account or none there is nothing to choose, and no arrow."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._accounts: tuple[Account, ...] = ()
        self._current: Account | None = None
        self.menu: QMenu | None = None
        self._say()
        self.clicked.connect(self.open_menu)

    def set_accounts(self, accounts: Sequence[Account], current: Account | None) -> None:
        if (tuple(accounts), current) != (self._accounts, self._current):
            self._accounts, self._current = tuple(accounts), current
            self._say()
            self.refresh()

    def open_menu(self) -> None:
        """It lies over the window and holds nothing up."""
        if len(self._accounts) < 2:
            return
        menu = self.menu = QMenu(self)
        group = QActionGroup(menu)
        for account in self._accounts:
            item = QAction(str(account), menu)
            item.setCheckable(True)
            item.setChecked(account == self._current)
            item.triggered.connect(lambda _=False, account=account: self.chosen.emit(account))
            group.addAction(item)
            menu.addAction(item)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def sizeHint(self) -> QSize:
        width = text_width(self.theme.font("body", 600), self.text()) + 4
        if len(self._accounts) > 1:
            width += _ARROW + 6
        return QSize(round(max(width, text_width(self.theme.font("caption"), _CAPTION))), 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = self.begin_paint(), self.theme
        several = len(self._accounts) > 1
        if several and self.hovered:
            draw_rounded(painter, QRectF(self.rect()), 6, theme.colour("hover"))
        middle = self.height() / 2
        above = QRectF(0, middle - 17, self.width(), 15)
        draw_text(painter, above, _CAPTION, theme.font("caption"), theme.colour("text3"))
        font = theme.font("body", 600)
        token = "stale" if self._current is None else "text"
        below = QRectF(0, middle, self.width(), 18)
        draw_text(painter, below, self.text(), font, theme.colour(token))
        if several:
            left = text_width(font, self.text()) + 6
            draw_icon(painter, theme, "chevron-down", left, middle + 2, _ARROW, "text2")
        self.paint_focus(painter, 4)

    def _say(self) -> None:
        text = str(self._current) if self._current else "waiting for a terminal"
        self.setText(text)
        more = f", one of {len(self._accounts)}: press to choose" if len(self._accounts) > 1 else ""
        self.setAccessibleName(f"Account: {text}{more}")
        self.setToolTip(f"{len(self._accounts)} accounts are connected" if more else "")
