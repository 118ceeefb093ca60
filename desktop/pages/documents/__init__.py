"""文号登记: the numbers of papers that went out and came in."""
