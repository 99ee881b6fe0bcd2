"""Decides how much of what an agency claims is proven by the evidence it showed."""
