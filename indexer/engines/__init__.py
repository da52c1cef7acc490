"""Engines store, match, rank and count; what is above them is the same for every engine.

Reading order: `query` (the trees that an engine evaluates), `base` (the two ports), then
`embedded`, the engine that keeps its files in a folder.
"""
