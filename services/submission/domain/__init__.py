"""What may happen to seasons, agencies and innovations, and what is true of them after. Pure."""
