"""The township record: what is true, what is allowed, how it is kept, how it goes in and out as a file. No Qt here."""
