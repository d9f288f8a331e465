"""Benchmarks: each prints JSON objects, one a line. Counts hold anywhere; times are of this machine, in one run."""
