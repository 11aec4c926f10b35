"""Brings the theme to Qt itself: Fusion and a palette of our own, for menus, tips and the like.

No style sheet: with one, Qt gives a widget that moves to another parent, as a floating dock does,
the palette it had when it was first shown.
"""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from signalos_desktop.ui.theme.theme import Theme

_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.BrightText: "white",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Highlight: "accent_bg",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "line2",
    QPalette.ColorRole.Midlight: "line2",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "bg",
}
_DIMMED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the application the look in force, now and whenever it changes."""
    app.setStyle("Fusion")

    def refresh() -> None:
        app.setPalette(make_palette(theme))
        app.setFont(theme.font())
        QToolTip.setPalette(app.palette())
        QToolTip.setFont(theme.font("small"))

    theme.changed.connect(refresh)
    refresh()


def make_palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, theme.colour(token))
    for role in _DIMMED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("text3"))
    return palette
