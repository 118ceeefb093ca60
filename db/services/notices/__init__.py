"""公示 and its like: lists that hang for their days, where they hang, what is objected."""
