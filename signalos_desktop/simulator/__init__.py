"""The simulated terminal: market, broker and expert, its own program on the same files."""
