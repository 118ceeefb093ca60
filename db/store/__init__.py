"""Opening, keeping and closing one record file."""
