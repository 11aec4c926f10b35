"""The bridge as a small explicit-state model: every order of events, breadth first."""
