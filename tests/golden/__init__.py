"""Histories as released builds wrote them: every later build must fold them to the same."""
