"""The sample season: real innovations as published, completed with what is marked as sample."""
