"""What a news article is, and how articles are read from files."""
