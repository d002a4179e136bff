"""The gallery: every screen, card and alert on one page, with sample data, to be read through in minutes.

`samples/` says what is shown, feature by feature; `phone` puts it on a phone as `bot.post` does; `page` draws the phones.
"""
