"""What the panels show, folded from the engine's events; no Qt."""
