"""Charts from read models."""
