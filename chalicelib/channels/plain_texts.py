"""Short texts that belong to no ticket, by channel: SENDERS is the one table."""

from collections.abc import Callable

from chalicelib.channels import sms_out, whatsapp_out


def _sms(to: str, body: str, delivery_id: str) -> str:
    return sms_out.send(to, body, delivery_id=delivery_id)


def _whatsapp(to: str, body: str, delivery_id: str) -> str:
    """Within a session only; there is one, since such a text answers what just came in."""
    return whatsapp_out.send(whatsapp_out.text(to, body, None), delivery_id=delivery_id)


SENDERS: dict[str, Callable[[str, str, str], str]] = {"sms": _sms, "whatsapp": _whatsapp}
