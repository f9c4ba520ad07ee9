"""Calls (samtal): who is to be rung, by whom, and how it went."""
