"""Risk rules: sizes, limits, and the decision with every number."""
