"""The benchmarks: what the path costs, each figure beside its target and a small baseline."""
