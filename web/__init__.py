"""HTTP of the bot itself: webhook, health, feeds. Empty until the first of them is built."""
