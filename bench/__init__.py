"""Benchmarks: how near Helpline comes to what the machine could do, measured in the same run."""
