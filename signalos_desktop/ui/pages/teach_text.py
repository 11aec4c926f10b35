"""The message whose words are marked, with mouse or keyboard, and a letter for each field."""

from bisect import bisect_left, bisect_right

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QTextCursor
from PySide6.QtWidgets import QSizePolicy

from signalos_desktop.domain.parsing.teaching import Field
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.teaching import KEYS, Marking
from signalos_desktop.ui.widgets.message_text import show_message
from signalos_desktop.ui.widgets.message_view import MessageText

_TAKE_AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class TeachText(MessageText):
    """marked: a Field whose key was pressed. unmarked: the marks at the selection are to go."""

    marked = Signal(object)
    unmarked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._places: tuple[int, ...] = (0,)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Message to mark")
        self.setAccessibleDescription(
            "Select words with Shift and the arrow keys, then press the letter of a field; "
            "Delete takes a mark away"
        )

    def show_marks(self, marking: Marking) -> None:
        """The text with its marks; the selection stays where it is."""
        text = marking.subject.text
        shown = show_message(text, marking.spans(), marking.buying)
        cursor = self.textCursor()
        anchor, place = cursor.anchor(), cursor.position()
        same = shown.places == self._places and shown.text == self.toPlainText()
        self._places = shown.places
        self.show_text(shown)
        if same:
            cursor = self.textCursor()
            cursor.setPosition(anchor)
            cursor.setPosition(place, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def selected_span(self) -> tuple[int, int]:
        """What is selected, in code points of the message; both the same if nothing is."""
        cursor = self.textCursor()
        start = bisect_right(self._places, cursor.selectionStart()) - 1
        return start, max(bisect_left(self._places, cursor.selectionEnd()), start)

    def clear_selection(self) -> None:
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def select_span(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self._places[start])
        cursor.setPosition(self._places[end], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def restyle(self) -> None:
        """What is selected is to be seen well: it is what gets the mark."""
        super().restyle()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, self._theme.colour("accent"))
        palette.setColor(QPalette.ColorRole.HighlightedText, self._theme.colour("panel"))
        self.setPalette(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        field: Field | None = KEYS.get(event.text().upper()) if plain else None
        if field is not None:
            self.marked.emit(field)
        elif event.key() in _TAKE_AWAY:
            self.unmarked.emit()
        else:
            super().keyPressEvent(event)
