"""Help: chapters kept as text, paragraphs made of the fields, the window that shows both, the map of keys and the printable manual."""
