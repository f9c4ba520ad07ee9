"""Tables people send us: read safely in a process of its own, and every habit of writing normalised.

Nothing is imported here: the reading process starts through this package and must stay small.
"""
