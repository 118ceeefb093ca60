"""复录核对: a drawn part is keyed a second time, blind."""
