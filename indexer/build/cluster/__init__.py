"""The write side of an index that a cluster keeps.

Reading order: `parts` (who reads what of a corpus), `building` (a new generation), `changing`
(updates, deletions and merges of the current one).
"""
