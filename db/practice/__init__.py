"""练习台账: the invented township a clerk may try everything on, made by the same acts that make a real record."""
