"""What a signal, a rule, a command, a receipt, a position are: pure functions, frozen data."""
