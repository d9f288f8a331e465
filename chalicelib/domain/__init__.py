"""What our words mean: pure rules over frozen records. Nothing here reads a clock, the environment or a network."""
