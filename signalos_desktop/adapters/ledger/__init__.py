"""The journal: one SQLite file that remembers every signal, command, receipt and deal."""
