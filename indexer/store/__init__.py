"""The folder of an index: what lies where, and how it passes from one generation to the next.

Reading order: `layout` (the folder, drawn), `manifest` (what a generation consists of),
`deletions`, `stories` and `tombstones` (the small files that it names), `lease` (readers), `lock`
and `transaction` (the one writer), `cleaning` (what goes, and when), `snapshot` (a generation
opened for reading), `guard` (damage that shows later); `merge_policy` and `merging`; `clustering`
(which articles are reprints); `info` and `checking`, which tell about an index. `refusals` words
the errors.
"""
