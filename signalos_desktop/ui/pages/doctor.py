"""The doctor's page: what works, what does not, and what to do about it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.ea_list import EaList
from signalos_desktop.ui.pages.needs import Finding, Needs
from signalos_desktop.ui.pages.update_notice import UpdateNotice, open_in_browser
from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import PanelFrame
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.text import Icon, Rule, Text


class FindingRow(QWidget):
    """One finding: a mark, what was looked at, what was found, what to do next."""

    def __init__(self, theme: Theme, finding: Finding) -> None:
        super().__init__()
        mark, colour = ("check", "ok") if finding.ok else ("warning", "amber")
        words = stack(
            Text(theme, finding.check.capitalize(), "body", "text", 600),
            Text(theme, finding.text, "body", "text2", wrap=True),
            gap=2,
        )
        if finding.next_step:
            words.addWidget(Text(theme, f"Next: {finding.next_step}", "body", colour, wrap=True))
        line = row(Icon(theme, mark, 20, colour), words, gap=12, margins=(16, 10, 16, 10))
        line.setStretch(1, 1)
        self.setLayout(stack(line, Rule(theme)))
        state = "in order" if finding.ok else "needs you"
        self.setAccessibleName(f"{finding.check}, {state}: {finding.text}. {finding.next_step}")


class DoctorPage(QWidget):
    """Looks by itself when it is opened first, and again at a press."""

    def __init__(self, theme: Theme, actions: Actions, needs: Needs) -> None:
        super().__init__()
        self._theme, self._actions, self._needs = theme, actions, needs
        self.again = Button(theme, "Look again", icon="refresh", height=28)
        self.frame = PanelFrame(theme, "Doctor", "looking")
        self.frame.head.add_action(self.again)
        self._list = stack()
        self.update_notice = UpdateNotice(theme)
        self.update_notice.wanted.connect(open_in_browser)
        self.copies = EaList(theme, actions, needs.copies) if needs.copies else None
        whole = stack(boxed(stack(self.update_notice, margins=(12, 8, 12, 0))))
        if self.copies is not None:
            whole.addWidget(self.copies)
        whole.addLayout(self._list)
        whole.addStretch(1)
        body = boxed(whole)
        self.frame.add(ScrollPage(theme, body), 1)
        # A scroll area makes its page paint a ground of its own; this one lies on the panel's.
        body.setAutoFillBackground(False)
        self.setLayout(stack(self.frame, margins=(4, 4, 4, 4)))
        self.again.clicked.connect(lambda: self._actions.do(self.look()))
        self.findings: tuple[Finding, ...] = ()
        actions.do(self.look())

    async def look(self) -> None:
        self.again.setEnabled(False)
        self.frame.head.set_note("looking: terminals are listened to for two seconds")
        try:
            if self.copies is not None:
                await self.copies.look()
            self.show_findings(await self._needs.examine())
            if self._needs.news is not None:
                self.update_notice.show_news(await self._needs.news())
        except OSError as error:
            self.frame.head.set_note(f"the look itself failed: {error}. Look again")
        finally:
            self.again.setEnabled(True)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """What needs the user stands first."""
        self.findings = tuple(sorted(findings, key=lambda finding: finding.ok))
        empty_layout(self._list)
        for finding in self.findings:
            self._list.addWidget(FindingRow(self._theme, finding))
        open_ones = sum(not finding.ok for finding in self.findings)
        self.frame.head.set_note(
            f"{counted(open_ones, 'thing')} to look at" if open_ones else "all is in order"
        )
