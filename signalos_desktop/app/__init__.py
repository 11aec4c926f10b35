"""Builds the object graph, starts and ends the program; holds no logic."""
