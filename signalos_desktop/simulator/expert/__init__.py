"""The simulated Expert Advisor: protocol 2 on real files, one concept a module."""
