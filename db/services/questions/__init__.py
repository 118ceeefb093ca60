"""要个数: questions kept, asked again, listed."""
