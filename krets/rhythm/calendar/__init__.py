"""Calendar (kalender): which days people work, and when something falls due."""
