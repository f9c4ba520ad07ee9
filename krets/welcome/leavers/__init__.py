"""Those who may be leaving (de som kan vara på väg bort): fees not paid this year."""
