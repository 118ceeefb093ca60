"""What a printed paper says, as data."""
