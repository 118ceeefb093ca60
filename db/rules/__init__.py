"""Pure rules on frozen values; standard library only; the day is always an argument."""
