"""From text to tokens: normal form, tokens, words."""
