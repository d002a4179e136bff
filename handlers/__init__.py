"""A Telegram update in, a screen out."""
