"""Submission decides what an agency may hand in, when, and with which evidence."""
