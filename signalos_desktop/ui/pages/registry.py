"""The pages of the rail besides the desk; each is made when it is opened for the first time."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.actions import PROVIDERS, Actions
from signalos_desktop.ui.pages.doctor import DoctorPage
from signalos_desktop.ui.pages.needs import Needs
from signalos_desktop.ui.pages.providers import ProvidersPage
from signalos_desktop.ui.pages.runbook import RunbookPage
from signalos_desktop.ui.pages.settings import SettingsPage
from signalos_desktop.ui.pages.signin import SignInPage
from signalos_desktop.ui.pages.statistics import StatisticsPage
from signalos_desktop.ui.pages.strategies import StrategiesPage
from signalos_desktop.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Page:
    """make needs a running event loop: a page may ask for what it shows. low: at the bottom."""

    key: str
    icon: str
    name: str
    make: Callable[[Theme, Actions, Needs], QWidget]
    low: bool = False


PAGES = (
    Page("statistics", "chart-line", "Statistics", StatisticsPage),
    Page(PROVIDERS, "list", "Providers", ProvidersPage),
    Page("strategies", "shield", "Strategies", StrategiesPage),
    Page("signin", "user", "Sign in", SignInPage),
    Page("runbook", "info", "What to do when", RunbookPage, low=True),
    Page("doctor", "question", "Doctor", DoctorPage, low=True),
    Page("settings", "settings", "Settings", SettingsPage, low=True),
)
