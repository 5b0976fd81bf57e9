"""samverkan: who sits where, on whose behalf, and which paragraph says so."""

from importlib.metadata import version

__version__ = version("samverkan")
