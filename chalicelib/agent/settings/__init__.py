"""The desk's settings, `/agent/settings/…`: a file a page. They change things by the same actions as the API.

Only admins get here; what every agent may see and do (teams, macros, blocked senders) stands a folder above.
"""
