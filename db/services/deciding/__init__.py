"""From the village's opinion to the card and off the register again; what stands before each step, and why."""
