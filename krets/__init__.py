"""Krets: what a local association runs its life with its members on."""
