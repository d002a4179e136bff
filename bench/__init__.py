"""Benchmarks: one module each, printing JSON with ratios against a baseline of the same run."""
