"""The running application without a window: the straight path from a text to a position."""
