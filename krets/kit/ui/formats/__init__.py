"""How days and clocks are written, where Django's own habit is another."""
