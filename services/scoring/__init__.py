"""Decides what verified innovations are worth, the index of their region, and what judges say."""
