"""How fast the service is, beside what one would otherwise take, at a hundred times the size."""
