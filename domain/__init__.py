"""What is true about a campaign without Telegram, SQL or a clock."""
