"""A newer version of this program: what is new, and a button to its page."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from signalos_desktop.ui.pages.needs import News
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button
from signalos_desktop.ui.widgets.layouts import row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.text import Icon, Text


class UpdateNotice(Ground):
    """Shown while there is one. wanted: the page that the user clicked for, never before a click.

    The page is the build's own, not the feed's.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "raised", radius=8, edge="line2")
        self._page = ""
        self.title = Text(theme, "", "body", "text", 600, wrap=True)
        self.notes = Text(theme, "", "small", "text2", wrap=True)
        self.open_page = Button(theme, "Open its page", icon="link", height=28)
        words = stack(self.title, self.notes, gap=2)
        line = row(Icon(theme, "info", 20, "accent"), words, self.open_page, gap=12)
        line.setStretch(1, 1)
        self.setLayout(stack(line, margins=(12, 10, 12, 10)))
        self.open_page.clicked.connect(lambda: self.wanted.emit(self._page))
        self.hide()

    def show_news(self, news: News) -> None:
        """Nothing is shown where there is no newer version, or nobody was asked."""
        self._page = news.page
        self.title.setText(f"{news.text[:1].upper()}{news.text[1:]}")
        self.notes.setText(news.notes)
        self.notes.setVisible(bool(news.notes))
        self.open_page.setVisible(bool(news.page))
        self.setAccessibleName(f"{news.text}. {news.notes}")
        self.setVisible(bool(news.newer))


def open_in_browser(page: str) -> None:
    QDesktopServices.openUrl(QUrl(page))
