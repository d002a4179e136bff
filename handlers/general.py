"""What is always there: help, cancel, and a kind answer to everything nobody else understood."""

from aiogram import Router

router = Router(name="general")
