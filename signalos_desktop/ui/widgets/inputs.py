"""Where a value is typed: figure at the right, unit after it, range or error in words below."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from signalos_desktop.domain.values import parse_decimal, plain
from signalos_desktop.ui.theme.figures import plain_figure
from signalos_desktop.ui.theme.paint import draw_rounded
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.choices import Switch
from signalos_desktop.ui.widgets.layouts import row, stack
from signalos_desktop.ui.widgets.text import Icon, Text

_LONGEST = 20


class _Line(QLineEdit):
    """A bare line; its frame is drawn around it and its unit."""

    focused = Signal(bool)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Box(QFrame):
    """The framed line of a field, with an icon before or a unit after it."""

    def __init__(self, theme: Theme, *, unit: str = "", icon: str = "", width: int = 96) -> None:
        super().__init__()
        self._theme = theme
        self.error = False
        self.line = _Line()
        self.line.setFrame(False)
        parts: list[QWidget] = [self.line]
        if icon:
            parts.insert(0, Icon(theme, icon, 14, "text3"))
        if unit:
            parts.append(Text(theme, unit, "caption", "text3"))
        self.setLayout(row(*parts, gap=4, margins=(8, 1, 8, 1)))
        if width:
            self.setFixedWidth(width)
        self.setFocusProxy(self.line)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.line.focused.connect(self.update)
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.density.input)
        self.line.setFont(theme.font("body", 500))
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        text = theme.colour("text" if self.line.isEnabled() else "text3")
        palette.setColor(QPalette.ColorRole.Text, text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.colour("text3"))
        palette.setColor(QPalette.ColorRole.Highlight, theme.colour("accent_bg"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.colour("text"))
        self.line.setPalette(palette)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "text3" if self.underMouse() else "line2"
        if not self.isEnabled():
            edge = "line"
        elif self.error:
            edge = "bad"
        elif self.line.hasFocus():
            edge = "accent"
        fill = self._theme.colour("raised" if self.isEnabled() else "panel")
        width = 1.5 if self.line.hasFocus() or self.error else 1.0
        area = QRectF(self.rect())
        draw_rounded(painter, area, 4, fill, self._theme.colour(edge), width)


class Field(QWidget):
    """A line with its hint below. check: what is wrong with a text, in words, or empty.

    edited is sent with every change the user makes, committed when Enter or leaving the field
    confirms a text that is right and new.
    """

    edited = Signal(str)
    committed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        unit: str = "",
        hint: str = "",
        icon: str = "",
        width: int = 96,
        check: Callable[[str], str] = lambda _text: "",
        placeholder: str = "",
    ) -> None:
        super().__init__()
        self._check = check
        self._hint_text = hint
        self._sent = ""
        self.box = _Box(theme, unit=unit, icon=icon, width=width)
        self.line: QLineEdit = self.box.line
        self.line.setPlaceholderText(placeholder)
        self._hint = Text(theme, hint, "caption", "text3", wrap=True)
        self.setLayout(stack(self.box, self._hint, gap=3))
        self._hint.setVisible(bool(hint))
        self.line.setAccessibleName(f"{name}, {unit}" if unit else name)
        self.line.setAccessibleDescription(hint)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._edit)
        self.line.editingFinished.connect(self._commit)

    @property
    def error(self) -> str:
        """What is wrong with the text in the field, empty if nothing is."""
        return self._check(self.line.text())

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Set by the program; nothing is sent."""
        self.line.setText(text)
        self._sent = text
        self._show(self.error)

    def show_error(self, error: str) -> None:
        """What something else than the field itself found wrong; gone with the next change."""
        self._show(error)

    def setEnabled(self, enabled: bool) -> None:
        super().setEnabled(enabled)
        self.box.refresh()

    def _edit(self, text: str) -> None:
        self._show(self._check(text))
        self.edited.emit(text)

    def _commit(self) -> None:
        text = self.line.text()
        if not self.error and text != self._sent:
            self._sent = text
            self.committed.emit(text)

    def _show(self, error: str) -> None:
        self.box.error = bool(error)
        self._hint.setText(error or self._hint_text)
        self._hint.set_look("bad" if error else "text3")
        self._hint.setVisible(bool(error or self._hint_text))
        self.line.setAccessibleDescription(error or self._hint_text)
        self.box.update()


class NumberField(Field):
    """A decimal between low and high; None = no bound. A comma is taken as the decimal point."""

    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        low: Decimal | None = None,
        high: Decimal | None = None,
        unit: str = "",
        hint: str = "",
        width: int = 96,
    ) -> None:
        self._low, self._high = low, high
        super().__init__(
            theme,
            name,
            unit=unit,
            hint=hint or self._range(),
            width=width,
            check=self._find_error,
        )
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setMaxLength(_LONGEST)
        self.committed.connect(lambda _text: self.changed.emit(self.value()))

    def value(self) -> Decimal | None:
        """The number in the field, None while it is not a number in the range."""
        return None if self.error else _read(self.text())

    def set_value(self, value: Decimal) -> None:
        self.set_text(plain(value))

    def _find_error(self, text: str) -> str:
        try:
            number = _read(text)
        except ValueError:
            return f"Enter a number{self._bounds()}"
        if self._low is not None and number < self._low:
            return f"at least {plain(self._low)}"
        if self._high is not None and number > self._high:
            return f"at most {plain(self._high)}"
        return ""

    def _bounds(self) -> str:
        if self._low is None or self._high is None:
            return ""
        return f" from {plain(self._low)} to {plain(self._high)}"

    def _range(self) -> str:
        if self._low is not None and self._high is not None:
            return f"{plain(self._low)} to {plain(self._high)}"
        if self._high is not None:
            return f"up to {plain(self._high)}"
        return f"from {plain(self._low)}" if self._low is not None else ""


class SettingRow(QWidget):
    """One setting: switch or not, title, help that is always there, and its control."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        help_text: str,
        control: QWidget,
        switch: Switch | None = None,
    ) -> None:
        super().__init__()
        words = stack(
            Text(theme, title, "body", "text", 600),
            Text(theme, help_text, "small", "text2", wrap=True),
            None,
            gap=2,
        )
        line = row(gap=16, margins=(0, 8, 0, 8))
        if switch is not None:
            line.addWidget(switch, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        line.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)


def _read(text: str) -> Decimal:
    """ValueError if it is no plain number."""
    return parse_decimal(plain_figure(text).strip().replace(",", "."))
