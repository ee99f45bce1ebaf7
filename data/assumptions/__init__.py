"""The numbers in force, one frozen slice per room and no defaults."""
