"""The SignalOS server: one bounded HTTP client, what it asks and what counts as an answer."""
