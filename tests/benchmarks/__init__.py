"""Benchmarks: the figures of the README come from here.

Each is run by hand as `python -m tests.benchmarks.NAME`; none is part of the tests.
"""
