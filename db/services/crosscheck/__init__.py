"""外部比对: lists of other departments held against the register."""
