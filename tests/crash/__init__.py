"""Crash enumeration: the real EA dies at every effect, and nothing is executed twice or lost."""
