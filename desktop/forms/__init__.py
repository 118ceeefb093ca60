"""What several pages fill in of one household: its people, its income sheet, the findings beside them, and the drafts of all that."""
