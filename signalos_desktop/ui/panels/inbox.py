"""The signals at the left, and the box where a signal is pasted."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStackedWidget

from signalos_desktop.engine.events import SignalRead
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.models.inbox import InboxItem, make_inbox_model
from signalos_desktop.ui.theme.paint import draw_rounded
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.views import Views
from signalos_desktop.ui.widgets.badges import Chip
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.inbox_list import InboxList
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.notices import EmptyState
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.scroll import SlimBar
from signalos_desktop.ui.widgets.text import Rule

LONGEST = 20_000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PasteBox(QPlainTextEdit):
    """Plain text only. Ctrl+Enter submits it; Tab goes on to the button."""

    submitted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(SlimBar(theme))
        self.setPlaceholderText("Paste a signal here (F9)")
        self.setAccessibleName("Paste a signal")
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(200, 64 if self._theme.density.compact else 84)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER and held:
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._theme.colour("accent" if self.hasFocus() else "line2")
        area = QRectF(self.viewport().rect())
        draw_rounded(painter, area, 6, self._theme.colour("raised"), edge)
        painter.end()
        super().paintEvent(event)

    def _restyle(self) -> None:
        theme = self._theme
        self.setFont(theme.font())
        self.document().setDocumentMargin(6)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.colour("text"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.colour("text3"))
        palette.setColor(QPalette.ColorRole.Highlight, theme.colour("accent_bg"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.colour("text"))
        self.setPalette(palette)
        self.setFixedHeight(self.sizeHint().height())


class InboxPanel(PanelFrame):
    """A signal that was pasted here is chosen as soon as it is read."""

    def __init__(self, theme: Theme, views: Views, actions: Actions) -> None:
        super().__init__(theme, "Signals")
        self._theme, self._views, self._actions = theme, views, actions
        self._wanted = ""
        self._model = make_inbox_model(self)
        self.list = InboxList(theme, self._model)
        self.paste = PasteBox(theme)
        self.submit = Button(theme, "Read it", ButtonKind.SECONDARY, "paste", key="Ctrl+Enter")
        self.submit.setAccessibleName("Read the pasted signal")
        self._open = Chip(theme, "0 open")
        self.head.add_action(self._open)
        self._empty = EmptyState(theme, "inbox", "No signal yet", "Paste one below")
        self._places = QStackedWidget()
        self._places.addWidget(self._empty)
        self._places.addWidget(self.list)
        self.add(self._places, 1)
        self.add(Rule(theme))
        self._foot = stack(self.paste, row(None, self.submit), gap=6, margins=(8, 8, 8, 8))
        self.add(boxed(self._foot))
        self.list.chosen.connect(actions.chosen)
        self.paste.submitted.connect(self.submit_text)
        self.submit.clicked.connect(self.submit_text)

    def submit_text(self) -> None:
        text = self.paste.toPlainText()
        if not text.strip():
            self.paste.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._actions.do(self._submit(text))

    def focus_paste(self) -> None:
        self.paste.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.paste.selectAll()

    def on_read(self, event: SignalRead) -> None:
        """A pasted signal, or the first one of all, is shown in the ticket."""
        self.refresh()
        if event.signal == self._wanted or not self.list.current_key:
            self._wanted = ""
            self.list.select_key(event.signal)

    def refresh(self) -> None:
        inbox, now = self._views.inbox, self._views.clock.now()
        for key in (*inbox.take(), *self._shown_ages()):
            line = inbox.line(key, now)
            self._model.put(
                key,
                InboxItem(
                    line.side,
                    line.symbol,
                    line.price,
                    line.provider,
                    line.chip,
                    line.tone,
                    line.icon,
                    line.reason,
                    line.age,
                    line.life,
                    line.dead,
                ),
            )
        self._model.flush()
        self._places.setCurrentIndex(1 if inbox.records else 0)
        self.head.set_note(f"{len(inbox.records)}" if inbox.records else "")
        self._open.set_chip(f"{inbox.open_count()} open", self._open_tone())

    async def _submit(self, text: str) -> None:
        """The text stays in the box until the engine has taken it."""
        answer = await self._actions.submit(text[:LONGEST])
        if not answer.ok:
            return
        self._choose(str(answer.data["signal"]))
        if self.paste.toPlainText() == text:
            self.paste.clear()

    def _choose(self, signal: str) -> None:
        """The answer may be here before the event is."""
        if signal in self._views.inbox.records:
            self.refresh()
            self.list.select_key(signal)
        else:
            self._wanted = signal

    def _shown_ages(self) -> list[str]:
        """The rows in view: their age moves on."""
        first = self.list.indexAt(self.list.viewport().rect().topLeft()).row()
        last = self.list.indexAt(self.list.viewport().rect().bottomLeft()).row()
        if first < 0:
            return []
        rows = range(first, (last if last >= 0 else self._model.rowCount() - 1) + 1)
        return [key for key in map(self._model.key_at, rows) if key in self._views.inbox.records]

    def _open_tone(self) -> Tone:
        return Tone.ACCENT if self._views.inbox.open_count() else Tone.PLAIN
