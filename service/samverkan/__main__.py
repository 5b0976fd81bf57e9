"""``python -m samverkan`` is the command line."""

from samverkan.cli import main

main()
