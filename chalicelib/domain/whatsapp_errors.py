"""Why a WhatsApp message did not arrive: Meta's error codes, as the reasons of `delivery_reason`.

https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
"""

OVER = "whatsapp-session-over"

REASONS = {
    131047: OVER,
    131026: "whatsapp-not-reached",
    131021: "whatsapp-not-reached",
    131030: "whatsapp-on-trial",
    131051: "whatsapp-refused",
    131008: "whatsapp-refused",
    131009: "whatsapp-refused",
    100: "whatsapp-refused",
    131052: "whatsapp-refused",
    131053: "whatsapp-refused",
    4: "whatsapp-too-fast",
    80007: "whatsapp-too-fast",
    130429: "whatsapp-too-fast",
    131048: "whatsapp-too-fast",
    131056: "whatsapp-too-fast",
    133016: "whatsapp-too-fast",
    130472: "whatsapp-held-back",
    131049: "whatsapp-held-back",
    131050: "whatsapp-stopped",
    132000: "whatsapp-template",
    132001: "whatsapp-template",
    132005: "whatsapp-template",
    132007: "whatsapp-template",
    132012: "whatsapp-template",
    132015: "whatsapp-template",
    132016: "whatsapp-template",
    132018: "whatsapp-template",
    0: "whatsapp-account",
    3: "whatsapp-account",
    10: "whatsapp-account",
    190: "whatsapp-account",
    368: "whatsapp-account",
    130497: "whatsapp-account",
    131005: "whatsapp-account",
    131031: "whatsapp-account",
    131037: "whatsapp-account",
    131042: "whatsapp-account",
    131045: "whatsapp-account",
    133010: "whatsapp-account",
}


def reason(code: int | None) -> str:
    """The reason by Meta's code; trouble at WhatsApp for one that is not known, or none."""
    return "whatsapp-trouble" if code is None else REASONS.get(code, "whatsapp-trouble")
