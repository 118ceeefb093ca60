"""What a clerk sees and touches."""
