"""The documents themselves: finding passages in them, and holding the graph against them."""
