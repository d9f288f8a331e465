"""What the clock starts."""


def every_minute() -> None:
    """Put jobs for all that is due."""
    from chalicelib.actions.run_due import sweep

    sweep()


def every_night() -> None:
    """A job each, so that none keeps another from its work: check the counters, make the article index anew."""
    from chalicelib.channels import queues
    from chalicelib.domain.effects import Job

    queues.put(Job("jobs", kind, {}) for kind in ("recount", "rebuild_search"))
