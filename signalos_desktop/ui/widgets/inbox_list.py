"""The list of signals, newest first; what was selected stays selected while others arrive."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from signalos_desktop.ui.models.inbox import InboxDelegate, InboxItem
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.scroll import SlimBar


class InboxList(QListView):
    """chosen: the key of the signal the user moved to."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, model: TableModel[InboxItem]) -> None:
        super().__init__()
        self._table = model
        self._wanted_key = ""
        self._rows = InboxDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setAccessibleName("Signals")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(SlimBar(theme))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._choose)
        model.modelReset.connect(self._restore)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current_key(self) -> str:
        return self._table.key_at(self.currentIndex().row())

    def select_key(self, key: str) -> None:
        place = self._table.place(key)
        if place >= 0:
            self.setCurrentIndex(self._table.index(place, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._rows.hovered:
            self._rows.hovered = row
            self.viewport().update()

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self._wanted_key = self._table.key_at(current.row())
            self.chosen.emit(self._wanted_key)

    def _restore(self) -> None:
        if self._wanted_key:
            self.select_key(self._wanted_key)
