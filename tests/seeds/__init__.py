"""Deterministic simulation: the real engine and the simulated terminal under one random source."""
