"""What the program says of itself: its version and licences, the log for the maintainers, and its own update from a file."""
