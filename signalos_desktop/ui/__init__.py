"""The panel: everything a trader sees. Knows engine and domain types, never adapters."""
