"""The published language: every fact that one service says and another may hear."""
