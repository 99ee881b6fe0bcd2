"""Competitions and funds: what may happen to them, and what is true of them after. Pure."""
