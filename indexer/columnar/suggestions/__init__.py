"""What a segment can suggest: titles, words and phrases to complete, and pairs of syllables.

Reading order: `material` (what is known before it is written); `units`, `runs` and `counting`
(gathered from the batches of a build), or `left_out` and `gathering` (from segments that are
merged, less what articles had that a merge drops); `writing` (what of it is kept, and the file);
`reading` (the file).
"""
