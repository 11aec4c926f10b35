"""The edges: files, database, network, secrets. They see the engine, never the window."""
