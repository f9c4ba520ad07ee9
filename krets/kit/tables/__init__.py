"""Tables people send us: read in a process of its own, every habit of writing normalised.

Nothing is imported here: the reading process starts through this package and must stay small.
"""
