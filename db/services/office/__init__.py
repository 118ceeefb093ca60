"""What the office looks at first and settles once: the desk, how the record stands, villages that change, 办理方式."""
