"""`python -m ui` is the command `onrecord`."""

from ui.cli import main

main()
