"""`inda`: the same doors as everybody else, for people at a terminal and for scripts."""
