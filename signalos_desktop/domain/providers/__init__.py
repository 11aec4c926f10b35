"""Providers: how each one's messages are taken, and how later messages belong to earlier ones."""
