"""县审定与户卡: what the county announces, checks and decides, and the cards made on it."""
