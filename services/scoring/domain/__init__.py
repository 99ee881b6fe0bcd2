"""Scorecards, the index of a region, and panels of judges: one module an aggregate. Pure."""
