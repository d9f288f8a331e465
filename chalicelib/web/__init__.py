"""What both HTML doors are made of: a request, cookies, sessions, tokens against forged forms, answers."""
