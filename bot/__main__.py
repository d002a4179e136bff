"""`python -m bot` is `hq`."""

from bot.cli import main

main()
