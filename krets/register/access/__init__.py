"""Access: permissions, mandates, the table between them, the doors and the way to a row."""
