"""The signals as the inbox lists them: one item each, and the delegate that paints its row."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.models.columns import Cell, Column
from signalos_desktop.ui.models.table import Role, TableModel
from signalos_desktop.ui.theme.paint import RIGHT, draw_chip, draw_text, text_width
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone

# Below a third of its life a signal's line turns amber.
_SHORT_LIFE = 1 / 3


@dataclass(frozen=True, slots=True)
class InboxItem:
    """A signal in its row. life: the part that is left, 0 to 1, 0 = no countdown.

    dead: it can not be fired any more. side None: the message is no order; symbol is then a word
    for what it is. price: entry or zone as text. age: as the row shows it, `0:19`.
    """

    side: Side | None
    symbol: str
    price: str
    provider: str
    chip: str
    tone: Tone
    icon: str
    reason: str
    age: str
    life: float = 0.0
    dead: bool = False

    @property
    def words(self) -> str:
        """The row as a screen reader says it."""
        side = f"{self.side.value} " if self.side else ""
        return (
            f"{self.chip}: {side}{self.symbol} {self.price}, {self.provider}, "
            f"{self.reason}, {self.age} ago"
        )


def make_inbox_model(parent: QObject | None = None) -> TableModel[InboxItem]:
    """Newest first; put items under the signal's id."""
    column = Column[InboxItem]("signal", "Signal", 0, lambda item: Cell(item.words, bar=item.life))
    model = TableModel((column,), lambda item: item.words, parent=parent)
    model.show_newest_first()
    return model


class InboxDelegate(QStyledItemDelegate):
    """Three lines in either density; where it is narrow the price stands beside the provider."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = -1

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(160, self._theme.density.inbox_row)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        item = index.data(Role.ROW)
        if not isinstance(item, InboxItem):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, area, selected=selected, hovered=index.row() == self.hovered)
        self._paint_head(painter, area, item)
        self._paint_provider(painter, area, item)
        self._paint_state(painter, area, item, selected=selected)
        self._paint_life(painter, area, item)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, area: QRectF, *, selected: bool, hovered: bool
    ) -> None:
        theme = self._theme
        if selected or hovered:
            painter.fillRect(area, theme.colour("selected" if selected else "hover"))
        if selected:
            painter.fillRect(
                QRectF(area.left(), area.top(), 3, area.height()), theme.colour("accent")
            )
        bottom = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
        painter.fillRect(bottom, theme.colour("line"))

    def _line(self, area: QRectF, line: int) -> QRectF:
        """The place of text line 0, 1 or 2."""
        compact = self._theme.density.compact
        tops, height = ((4, 21, 38), 17) if compact else ((7, 27, 49), 20)
        pad = self._theme.density.padding
        return QRectF(area.left() + pad, area.top() + tops[line], area.width() - 2 * pad, height)

    def _paint_head(self, painter: QPainter, area: QRectF, item: InboxItem) -> None:
        theme = self._theme
        place = self._line(area, 0)
        age_font = theme.font("small", 500)
        age_token = "text2" if item.life else "text3"
        draw_text(painter, place, item.age, age_font, theme.colour(age_token), RIGHT)
        place.setRight(place.right() - text_width(age_font, item.age) - 8)
        font = theme.font("emphasis", 600)
        if item.side is not None:
            side = item.side.value.capitalize()
            draw_text(painter, place, side, font, theme.colour(item.side.value))
            place.setLeft(place.left() + text_width(font, side) + 6)
        token = "text2" if item.dead else "text"
        draw_text(painter, place, item.symbol, font, theme.colour(token), cut=True)
        place.setLeft(place.left() + text_width(font, item.symbol) + 8)
        price_font = theme.font("small")
        if not theme.density.compact and text_width(price_font, item.price) <= place.width():
            draw_text(painter, place, item.price, price_font, theme.colour("text2"))

    def _paint_provider(self, painter: QPainter, area: QRectF, item: InboxItem) -> None:
        theme = self._theme
        text = item.provider
        if theme.density.compact and item.price:
            text = f"{text}, {item.price}"
        place = self._line(area, 1)
        draw_text(painter, place, text, theme.font("small"), theme.colour("text3"), cut=True)

    def _paint_state(
        self, painter: QPainter, area: QRectF, item: InboxItem, *, selected: bool
    ) -> None:
        theme = self._theme
        place = self._line(area, 2)
        plain = selected and item.tone is Tone.PLAIN
        chip = draw_chip(painter, theme, place, item.chip, item.tone, item.icon, on_tint=plain)
        place.setLeft(chip.right() + 8)
        colour = theme.colour("text3" if item.dead else "text2")
        draw_text(painter, place, item.reason, theme.font("small"), colour, cut=True)

    def _paint_life(self, painter: QPainter, area: QRectF, item: InboxItem) -> None:
        if item.life <= 0:
            return
        token = "text3" if item.life > _SHORT_LIFE else "amber_fill"
        width = area.width() * min(item.life, 1.0)
        line = QRectF(area.left(), area.bottom() - 2, width, 2)
        painter.fillRect(line, self._theme.colour(token))
