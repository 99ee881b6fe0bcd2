"""Decides nothing: re-derives all that the other services said, and tells where it differs."""
