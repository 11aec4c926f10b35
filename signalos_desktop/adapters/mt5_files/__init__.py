"""The panel's side of the file bridge: rows out, receipts, snapshots and flags in."""
