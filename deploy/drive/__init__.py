"""Plays a season through the public APIs, as the people it names: nothing here decides anything."""
