"""What follows a search without a browser's page: feeds, and the search box of a browser.

To read it in order: `atom` writes a feed, `opensearch` the description by which browsers add a
search engine, and `endpoints` answers requests for both.
"""
