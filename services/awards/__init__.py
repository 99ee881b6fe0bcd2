"""Decides who enters a competition, who wins it, and what uang pembinaan they receive."""
