"""The panels of the main window; each is built as Panel(theme, bus, actions)."""
