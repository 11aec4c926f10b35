"""A signal's message as it came, with the words that were read in the tint of their field."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from signalos_desktop.domain.signal import Span
from signalos_desktop.ui.theme.paint import draw_rounded
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.message_text import ShownText, field_tone, show_message
from signalos_desktop.ui.widgets.scroll import SlimBar
from signalos_desktop.ui.widgets.section import SectionHead
from signalos_desktop.ui.widgets.text import CutText, Dot, Text

_MOST_LINES = 8


class MessageText(QPlainTextEdit):
    """Read-only plain text on the raised ground; text can be selected and copied."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown = ShownText("", (), 0)
        self.setReadOnly(True)
        self.setVerticalScrollBar(SlimBar(theme))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("Message as received")
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_text(self, shown: ShownText) -> None:
        self._shown = shown
        self.setPlainText(shown.text)
        self._mark()
        self.updateGeometry()

    def restyle(self) -> None:
        self.setFont(self._theme.font())
        self.document().setDocumentMargin(4 if self._theme.density.compact else 8)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, self._theme.colour("text2"))
        palette.setColor(QPalette.ColorRole.Highlight, self._theme.colour("line2"))
        palette.setColor(QPalette.ColorRole.HighlightedText, self._theme.colour("text"))
        self.setPalette(palette)
        self._mark()

    def sizeHint(self) -> QSize:
        """As high as its lines, within bounds; more of them scroll."""
        lines = min(max(self.document().blockCount(), 4), _MOST_LINES)
        height = lines * QFontMetrics(self._theme.font()).lineSpacing()
        return QSize(216, height + 2 * round(self.document().documentMargin()) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.viewport().rect())
        edge = self._theme.colour("accent") if self.hasFocus() else None
        draw_rounded(painter, area, 6, self._theme.colour("raised"), edge)
        painter.end()
        super().paintEvent(event)

    def _mark(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(QTextCharFormat())
        for mark in self._shown.marks:
            cursor.setPosition(mark.start)
            cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._format(mark.tone))

    def _format(self, tone: Tone) -> QTextCharFormat:
        shape = QTextCharFormat()
        plain = tone is Tone.PLAIN
        shape.setBackground(self._theme.colour("hover" if plain else tone.tint))
        shape.setForeground(self._theme.colour("text" if plain else tone.text))
        shape.setFontWeight(600)
        return shape


class MessageView(QWidget):
    """Head and text; says when a text is too long to be shown whole."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._head = SectionHead(theme, "Message", "as received")
        self._text = MessageText(theme)
        self.setLayout(stack(self._head, self._text, gap=4))

    def set_message(
        self, text: str, spans: Sequence[Span] = (), *, buying: bool | None = None
    ) -> None:
        """buying: the side that was read, None if there is none."""
        shown = show_message(text, spans, buying)
        note = "as received"
        if shown.hidden:
            note = f"first {len(text) - shown.hidden} of {len(text)} characters"
        self._head.set_note(note)
        self._text.show_text(shown)

    def text(self) -> str:
        return self._text.toPlainText()


class ReadingView(QWidget):
    """What was read, field by field, each with a dot in the tint it has in the message."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = SectionHead(theme, "Reading")
        self._body = stack(gap=0, margins=(0, 4, 0, 4))
        self._rows: list[QWidget] = []
        self.setLayout(stack(self._head, self._body, None, gap=2))

    def set_reading(
        self,
        fields: Sequence[tuple[str, str, str, str]],
        note: str,
        *,
        buying: bool | None = None,
    ) -> None:
        """fields: (field's name in spans or empty, caption, value, remark)."""
        self._head.set_note(note)
        for old in self._rows:
            self._body.removeWidget(old)
            old.deleteLater()
        self._rows = [self._make_row(*field, buying=buying) for field in fields]
        for made in self._rows:
            self._body.addWidget(made)

    def _make_row(
        self, field: str, caption: str, value: str, remark: str, *, buying: bool | None
    ) -> QWidget:
        theme = self._theme
        dot = Dot(theme, field_tone(field, buying).text, 6)
        keep = dot.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        dot.setSizePolicy(keep)
        if not field:
            dot.hide()
        name = Text(theme, caption, "small", "text3")
        name.setFixedWidth(72)
        note = CutText(theme, remark, "small", "text3", right=True)
        line = row(dot, name, Text(theme, value, "body", "text", 600), note, gap=8)
        line.setStretch(3, 1)
        holder = boxed(line)
        holder.setFixedHeight(17 if theme.density.compact else 21)
        holder.setAccessibleName(f"{caption}: {value}, {remark}".rstrip(", "))
        return holder
