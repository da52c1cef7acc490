"""The search page, the web API and the `timbao` command."""
