"""How well the parser reads: labelled examples and their scorer."""
