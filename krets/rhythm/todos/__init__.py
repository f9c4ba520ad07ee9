"""To-dos (att göra): one thing for one responsible person."""
