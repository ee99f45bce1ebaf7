"""Real hourly weather: one file a source, and the steps common to all."""
