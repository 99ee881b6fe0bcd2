"""The embedded stack: the three real servers as child processes, for `make run` and the tests."""
