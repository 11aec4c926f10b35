"""A table as traders know it: sort by a click, copy as plain text, actions in the row, totals."""

from collections.abc import Mapping
from typing import Any, Generic

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from signalos_desktop.ui.models.cell_delegate import PAD, CellDelegate
from signalos_desktop.ui.models.columns import Cell, Row, RowAction, fit_columns
from signalos_desktop.ui.models.table import Role, TableModel
from signalos_desktop.ui.theme.figures import plain_figure
from signalos_desktop.ui.theme.paint import LEFT, RIGHT, draw_icon, draw_text, text_width
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.layouts import stack
from signalos_desktop.ui.widgets.scroll import SlimBar

_ASCENDING = Qt.SortOrder.AscendingOrder


class TableHead(QHeaderView):
    """Captions aligned as their columns, with a mark at the sorted one."""

    def __init__(self, theme: Theme, model: TableModel[Any]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._table = model
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.density.row)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        theme, column = self._theme, self._table.columns[index]
        painter.save()
        painter.fillRect(rect, theme.colour("raised"))
        place = QRectF(rect).adjusted(PAD, 0, -PAD, 0)
        sorted_by, order = self._table.sorted_by()
        active = sorted_by == index
        font = theme.font("caption", 600 if active else 500)
        colour = theme.colour("text2" if active else "text3")
        draw_text(painter, place, column.caption, font, colour, RIGHT if column.right else LEFT)
        if active:
            icon = "chevron-up" if order is _ASCENDING else "chevron-down"
            width = text_width(font, column.caption)
            left = place.right() - width - 13 if column.right else place.left() + width + 2
            draw_icon(painter, theme, icon, left, place.center().y() - 5, 11, "text2")
        painter.restore()


class TableView(QTableView, Generic[Row]):
    """activated_row: double click or Enter. acted: a row's key and the name of its action."""

    activated_row = Signal(str)
    acted = Signal(str, str)
    selected_row = Signal(str)

    def __init__(
        self, theme: Theme, model: TableModel[Row], name: str, *, row_height: int = 0
    ) -> None:
        """row_height 0 = the density's row."""
        super().__init__()
        self.theme = theme
        self.table = model
        self._row_height = row_height
        self._wanted_key = ""
        self._cells = CellDelegate(theme, model.columns, self)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(TableHead(theme, model))
        self.setAccessibleName(name)
        self._set_up()
        self.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.doubleClicked.connect(lambda index: self.activated_row.emit(self._key(index)))
        self.selectionModel().currentRowChanged.connect(self._select)
        model.modelReset.connect(self._restore)
        theme.changed.connect(self.fit)
        self.fit()

    @property
    def current_key(self) -> str:
        return self._key(self.currentIndex())

    def select_key(self, key: str) -> None:
        """Select a row and bring it into view; nothing if it is not shown."""
        place = self.table.place(key)
        if place >= 0:
            self.setCurrentIndex(self.table.index(place, self._cells.first_column))

    def set_row_height(self, pixels: int) -> None:
        """0 = the density's row."""
        self._row_height = pixels
        self.fit()

    def fit(self) -> None:
        """Rows and columns as the density and the room ask for."""
        density = self.theme.density
        self.verticalHeader().setDefaultSectionSize(self._row_height or density.row)
        self.horizontalHeader().setFixedHeight(density.row)
        room = self.viewport().width()
        columns = self.table.columns
        widths = fit_columns(columns, room, compact=density.compact)
        for number, width in enumerate(widths):
            self.setColumnHidden(number, width == 0)
            if width:
                self.setColumnWidth(number, width)
        shown = [number for number, width in enumerate(widths) if width]
        self._cells.first_column = shown[0] if shown else 0
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QPoint(-1, -1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        name = self.action_at(place)
        if name and event.button() is Qt.MouseButton.LeftButton:
            self.acted.emit(self._key(self.indexAt(place)), name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            index = self.currentIndex()
        self.open_menu(index, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key:
            self.activated_row.emit(self.current_key)
        elif event.key() == Qt.Key.Key_Space and self.current_key:
            below = self.visualRect(self.currentIndex()).bottomLeft()
            self.open_menu(self.currentIndex(), self.viewport().mapToGlobal(below))
        else:
            super().keyPressEvent(event)

    def open_menu(self, index: QModelIndex, place: QPoint) -> QMenu | None:
        """The row's actions as a menu, for keyboard and right click; None if it has none."""
        key, actions = self._key(index), self._actions(index)
        if not actions:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in actions:
            item = menu.addAction(action.words)
            item.triggered.connect(lambda _=False, name=action.name: self.acted.emit(key, name))
        menu.popup(place)
        return menu

    def copied(self) -> str:
        """The selected rows with their head, tab-separated, figures as plain ASCII."""
        columns = [n for n in range(len(self.table.columns)) if not self.isColumnHidden(n)]
        lines = ["\t".join(self.table.columns[n].caption for n in columns)]
        for chosen in self.selectionModel().selectedRows():
            cells = [self.table.index(chosen.row(), n).data() or "" for n in columns]
            lines.append("\t".join(" ".join(plain_figure(text).split()) for text in cells))
        return "\n".join(lines)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBar(SlimBar(self.theme))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(16)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _sort_by(self, column: int) -> None:
        """Ascending, descending, and as the rows came."""
        current, order = self.table.sorted_by()
        if current != column:
            self.table.sort(column, _ASCENDING)
        elif order is _ASCENDING:
            self.table.sort(column, Qt.SortOrder.DescendingOrder)
        else:
            self.table.sort(-1)
        self.horizontalHeader().viewport().update()

    def _key(self, index: QModelIndex) -> str:
        return self.table.key_at(index.row()) if index.isValid() else ""

    def _actions(self, index: QModelIndex) -> tuple[RowAction, ...]:
        if not index.isValid():
            return ()
        cells = (self._cell(index.siblingAtColumn(n)) for n in range(len(self.table.columns)))
        return next((cell.actions for cell in cells if cell.actions), ())

    def _cell(self, index: QModelIndex) -> Cell:
        cell = index.data(Role.CELL)
        return cell if isinstance(cell, Cell) else Cell()

    def action_at(self, place: QPoint) -> str:
        """The name of the action at this spot of the viewport, empty if there is none."""
        index = self.indexAt(place)
        actions = self._cell(index).actions if index.isValid() else ()
        if not actions:
            return ""
        return self._cells.action_at(QRectF(self.visualRect(index)), actions, place.x())

    def _hover(self, place: QPoint) -> None:
        index = self.indexAt(place)
        hovered = (index.row(), self.action_at(place))
        if hovered != self._cells.hovered:
            self._cells.hovered = hovered
            words = {action.name: action.words for action in self._actions(index)}
            self.viewport().setToolTip(words.get(hovered[1], ""))
            self.viewport().update()

    def _select(self, current: QModelIndex) -> None:
        if current.isValid():
            self._wanted_key = self._key(current)
            self.selected_row.emit(self._wanted_key)

    def _restore(self) -> None:
        """After a reset: the row that was selected, if it is still there."""
        if self._wanted_key and (place := self.table.place(self._wanted_key)) >= 0:
            self.selectRow(place)


class TotalsRow(QWidget):
    """A line under a table whose cells stand under their columns."""

    def __init__(self, view: TableView[Any]) -> None:
        super().__init__()
        self._view = view
        self._totals: dict[str, Cell] = {}
        view.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        view.theme.changed.connect(self._fit)
        self._fit()

    def set_totals(self, totals: Mapping[str, Cell]) -> None:
        """Cells by their column's key."""
        self._totals = dict(totals)
        self.setAccessibleName("Total: " + ", ".join(cell.words for cell in totals.values()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = self._view
        painter.fillRect(QRectF(0, 0, self.width(), 1), view.theme.colour("line2"))
        delegate = view.itemDelegate()
        if not isinstance(delegate, CellDelegate):
            return
        for number, column in enumerate(view.table.columns):
            cell = self._totals.get(column.key)
            if cell is not None and not view.isColumnHidden(number):
                left = view.columnViewportPosition(number) + PAD
                room = view.columnWidth(number) - 2 * PAD
                # The name of the line may run on over the empty cells after it.
                wide = room if column.right else max(room, 160)
                place = QRectF(left, 1, wide, self.height() - 1)
                delegate.paint_cell(painter, place, cell, column)

    def _fit(self) -> None:
        self.setFixedHeight(self._view.theme.density.row)
        self.update()


class TablePanel(QWidget, Generic[Row]):
    """A table with its totals; without set_totals there is no line for them."""

    def __init__(
        self, theme: Theme, model: TableModel[Row], name: str, *, row_height: int = 0
    ) -> None:
        super().__init__()
        self.view: TableView[Row] = TableView(theme, model, name, row_height=row_height)
        self.totals = TotalsRow(self.view)
        self.totals.hide()
        self.setLayout(stack(self.view, self.totals))

    def set_totals(self, totals: Mapping[str, Cell]) -> None:
        self.totals.set_totals(totals)
        self.totals.setVisible(bool(totals))
