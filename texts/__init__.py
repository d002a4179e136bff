"""Words: catalogues, dates, numbers, plurals and lists in the reader's language. Knows nothing of Telegram."""
