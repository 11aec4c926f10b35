"""The design system: colours, sizes, type, icons and the notation of figures."""
