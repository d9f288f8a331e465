"""What we do: a file a verb. Each loads, lets the domain decide, and commits all of it in one transaction."""
