"""Routines (rutiner): rules that say what is to be done, and the engine that runs them."""
