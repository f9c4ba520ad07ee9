"""The welcome path (välkomstvägen): the steps of a new member, and how far each has come."""
