"""What every test runs under: Qt without a screen, short property runs, a quiet log."""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ACCESSIBILITY", "1")
os.environ.setdefault("PYTEST_QT_API", "pyside6")

# How fast the machine is decides no test. `--hypothesis-profile=long` looks further.
settings.register_profile("short", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("short"), max_examples=5000)
settings.load_profile("short")


class Warnings(logging.Handler):
    """Keeps the text of every record from WARNING up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=20, help="repetitions of the kill test (20)")
    forms = ("short", "long")
    parser.addoption("--model", choices=forms, default="short", help="form of the bridge model")


@pytest.fixture(autouse=True)
def no_unexpected_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which the program logs a warning, unless it is marked expects_warning."""
    logger = logging.getLogger("signalos_desktop")
    warnings = Warnings()
    logger.addHandler(warnings)
    yield
    logger.removeHandler(warnings)
    if warnings.texts and request.node.get_closest_marker("expects_warning") is None:
        pytest.fail("unexpected in the log:\n" + "\n".join(warnings.texts), pytrace=False)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A warning of Qt fails the test; by marks, since the option is gone where Qt cannot load."""
    if config.pluginmanager.hasplugin("pytest-qt"):
        for item in items:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # The offscreen platform says this whenever a window has a minimum size.
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))
