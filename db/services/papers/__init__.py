"""What every paper says, read from the record."""
