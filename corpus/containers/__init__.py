"""Files that hold files: compressed ones and archives, read without unpacking them to disk.

Read `compression` (gzip, Zstandard, bzip2, xz), `tar_files` and `zip_files` first, then
`unpacking`, which goes through whatever nest of them a file is, and yields what is inside.

What bounds the work on hostile input: each step of decompression yields at most 32 MiB;
`corpus.streams.Growth` ends what grows without measure; layers in layers are followed 8 deep;
names of members, ``..`` included, are never used as paths.
"""
