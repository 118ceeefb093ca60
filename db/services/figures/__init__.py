"""What can be counted and shown of the register, for the county's forms and for questions alike."""
