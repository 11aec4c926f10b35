"""Paints a cell of a table: text, arrow and figure, chip, bar, actions, and its row's ground."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from signalos_desktop.ui.models.columns import Cell, Column, RowAction
from signalos_desktop.ui.models.table import Role
from signalos_desktop.ui.theme.paint import (
    CENTRE,
    LEFT,
    RIGHT,
    draw_chip,
    draw_icon,
    draw_rounded,
    draw_text,
    text_width,
)
from signalos_desktop.ui.theme.theme import Theme

PAD = 8
_ICON = 14
_ACTION_GAP = 4
_BAR_FIGURE = 64
# Rows of at least this height have room for two lines.
_TWO_LINES = 44


class CellDelegate(QStyledItemDelegate):
    """columns must be those of the model. hovered: the row and the action under the pointer."""

    def __init__(
        self, theme: Theme, columns: tuple[Column[Any], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = columns
        self.hovered: tuple[int, str] = (-1, "")
        self.first_column = 0

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(60, self._theme.density.row)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell = index.data(Role.CELL)
        if not isinstance(cell, Cell):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        tint = index.data(Role.TINT)
        self._paint_ground(painter, area, option, index, tint)
        inner = area.adjusted(PAD, 0, -PAD, 0)
        self.paint_cell(painter, inner, cell, self._columns[index.column()], on_tint=bool(tint))
        if cell.actions:
            named = self.hovered[1] if self.hovered[0] == index.row() else ""
            self._paint_actions(painter, area, cell.actions, named)
        painter.restore()

    def paint_cell(
        self,
        painter: QPainter,
        inner: QRectF,
        cell: Cell,
        column: Column[Any],
        *,
        on_tint: bool = False,
    ) -> None:
        if cell.bar is not None:
            self._paint_bar(painter, inner, cell)
        elif cell.chip is not None:
            draw_chip(painter, self._theme, inner, cell.text, cell.chip, cell.icon, on_tint=on_tint)
        elif cell.text:
            self._paint_text(painter, inner, cell, column)

    def action_at(self, area: QRectF, actions: tuple[RowAction, ...], x: float) -> str:
        """The name of the action at this x of a cell, empty between and beside them."""
        for action, rect in self._action_places(area, actions):
            if rect.left() - _ACTION_GAP / 2 <= x <= rect.right() + _ACTION_GAP / 2:
                return action.name
        return ""

    def _paint_ground(
        self,
        painter: QPainter,
        area: QRectF,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        tint: str,
    ) -> None:
        theme = self._theme
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = tint or ("selected" if selected else "")
        if not ground and self.hovered[0] == index.row():
            ground = "hover"
        if ground:
            painter.fillRect(area, theme.colour(ground))
        if index.data(Role.FLASH) and not theme.appearance.reduced_motion:
            painter.fillRect(area, theme.colour("accent_bg"))
        line = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
        painter.fillRect(line, theme.colour("line"))
        if selected and index.column() == self.first_column:
            bar = 3 if tint else 2
            painter.fillRect(
                QRectF(area.left(), area.top(), bar, area.height()), theme.colour("accent")
            )

    def _paint_text(
        self, painter: QPainter, inner: QRectF, cell: Cell, column: Column[Any]
    ) -> None:
        theme = self._theme
        font = theme.font("body", cell.weight)
        colour = theme.colour(cell.colour)
        if column.wrap and self._needs_lines(font, cell.text, inner):
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(inner, LEFT | Qt.TextFlag.TextWordWrap, cell.text)
            return
        place = QRectF(inner)
        if cell.icon:
            top = inner.center().y() - _ICON / 2
            if column.right:
                left = inner.right() - text_width(font, cell.text) - _ICON - 3
                draw_icon(painter, theme, cell.icon, left, top, _ICON, cell.colour)
            else:
                draw_icon(painter, theme, cell.icon, inner.left(), top, _ICON, cell.colour)
                place.setLeft(inner.left() + _ICON + 6)
        draw_text(
            painter,
            place,
            cell.text,
            font,
            colour,
            RIGHT if column.right else LEFT,
            cut=not column.right,
        )

    def _needs_lines(self, font: QFont, text: str, inner: QRectF) -> bool:
        high = inner.height() >= _TWO_LINES
        return high and QFontMetricsF(font).horizontalAdvance(text) > inner.width()

    def _paint_bar(self, painter: QPainter, inner: QRectF, cell: Cell) -> None:
        """How long something took, as a bar on a scale of five parts, with its figure."""
        theme = self._theme
        room = inner.width() - _BAR_FIGURE
        for part in range(6):
            x = inner.left() + room * part / 5
            token = "line" if part < 5 else "line2"
            painter.fillRect(QRectF(x, inner.top(), 1, inner.height()), theme.colour(token))
        length = room * min(max(cell.bar or 0.0, 0.0), 1.0)
        bar = QRectF(inner.left(), inner.center().y() - 4, length, 8)
        fill = "amber_fill" if cell.colour == "amber" else "ok"
        draw_rounded(painter, bar, 3, theme.colour(fill, 255 if fill == "amber_fill" else 170))
        font = theme.font("body", cell.weight)
        draw_text(painter, inner, cell.text, font, theme.colour(cell.colour), RIGHT)

    def _paint_actions(
        self, painter: QPainter, area: QRectF, actions: tuple[RowAction, ...], hovered: str
    ) -> None:
        theme = self._theme
        for action, rect in self._action_places(area, actions):
            near = action.name == hovered
            ground = QRectF(rect.left(), rect.center().y() - 9, rect.width(), 18)
            edge = theme.colour("line2") if action.label else None
            fill = theme.colour("line2" if near else "panel") if near else None
            draw_rounded(painter, ground, 4, fill, edge)
            token = "text" if near else "text2"
            if action.label:
                font = theme.font("caption", 500)
                draw_text(painter, ground, action.label, font, theme.colour(token), CENTRE)
            else:
                x, y = rect.center().x() - 8, rect.center().y() - 8
                draw_icon(painter, theme, action.icon, x, y, 16, token)

    def _action_places(
        self, area: QRectF, actions: tuple[RowAction, ...]
    ) -> list[tuple[RowAction, QRectF]]:
        font = self._theme.font("caption", 500)
        widths = [
            max(text_width(font, action.label) + 12, 28.0) if action.label else 24.0
            for action in actions
        ]
        x = area.right() - PAD - sum(widths) - _ACTION_GAP * (len(widths) - 1)
        places = []
        for action, width in zip(actions, widths, strict=True):
            places.append((action, QRectF(x, area.top(), width, area.height())))
            x += width + _ACTION_GAP
        return places
