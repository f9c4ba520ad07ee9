"""Letters (brev) to people: who is due one, the words, and the printing."""
