"""HTTP: webhook, health and metrics; callables are passed in, nothing here knows the program."""
