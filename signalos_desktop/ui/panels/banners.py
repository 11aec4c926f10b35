"""The banners below the strip: alarms, unclear outcomes, pause and stop, worst first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.alarms import FILLED, NOT_FILLED, SEEN, STEPS, Notice
from signalos_desktop.ui.viewmodels.views import Views
from signalos_desktop.ui.widgets.layouts import stack
from signalos_desktop.ui.widgets.notices import Banner

RUNBOOK = "runbook"


class Banners(QWidget):
    """proof_wanted: the user asks for the last stop's proof."""

    proof_wanted = Signal()

    def __init__(self, theme: Theme, views: Views, actions: Actions) -> None:
        super().__init__()
        self._theme, self._views, self._actions = theme, views, actions
        self._shown: tuple[Notice, ...] = ()
        self.banners: list[Banner] = []
        self._stack = stack(gap=4, margins=(4, 4, 4, 0))
        self.setLayout(self._stack)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Alarms and notices")
        self.hide()

    def refresh(self) -> None:
        views = self._views
        notices = views.alarms.notices(views.book, views.show_time)
        if notices == self._shown:
            return
        while len(self.banners) < len(notices):
            self._add()
        for number, banner in enumerate(self.banners):
            banner.setVisible(number < len(notices))
            if (
                number < len(notices)
                and notices[number : number + 1] != self._shown[number : number + 1]
            ):
                self._fill(banner, notices[number])
        self._shown = notices
        self.setVisible(bool(notices))

    def act(self, key: str) -> None:
        """A button of a banner was pressed."""
        what, _, about = key.partition(":")
        if what == SEEN:
            self._views.alarms.put_away(about)
            self.refresh()
        elif what == STEPS:
            self._actions.page_wanted.emit(RUNBOOK)
        elif what in (FILLED, NOT_FILLED):
            self._actions.do(self._actions.resolve(about, what))
        else:
            self.proof_wanted.emit()

    def _add(self) -> None:
        banner = Banner(self._theme)
        banner.acted.connect(self.act)
        self.banners.append(banner)
        self._stack.addWidget(banner)

    @staticmethod
    def _fill(banner: Banner, notice: Notice) -> None:
        banner.set_notice(
            notice.tone,
            notice.icon,
            notice.title,
            notice.text,
            facts=notice.facts,
            actions=notice.actions,
            alarm=notice.alarm,
        )
