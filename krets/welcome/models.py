"""Every model of the stage, where Django looks for it."""
