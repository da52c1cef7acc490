"""The subcommands of `timbao`, one module each: `add` describes its options, `run` does the work.

What a subcommand needs is imported by its `run`, so that none pays for another.
"""
