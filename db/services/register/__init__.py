"""Households and their people, kept with every version."""
