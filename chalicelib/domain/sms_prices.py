"""What one part of a transactional SMS costs, by the country it goes to: an estimate, so that an agent sees whether he
spends a cent or a dollar. The bill is the carrier's, whose prices change by the month and by the operator.

Rough figures in US dollars, not copied from a price list: AWS sells by operator and has none that a program can read
(https://aws.amazon.com/end-user-messaging/pricing/). They are rounded up, the fees of American carriers included.
Whoever plans by them sets his own in `sms.prices`. Regions are ISO 3166-1 alpha-2.
"""

from collections.abc import Mapping

VERSION = "2026-11"
CURRENCY = "USD"

_PRICES = {
    # North Africa and the Levant, the Gulf
    "DZ": 0.22, "BH": 0.05, "EG": 0.19, "IQ": 0.26, "JO": 0.22, "KW": 0.13, "LB": 0.13, "LY": 0.22, "MA": 0.12,
    "MR": 0.17, "OM": 0.11, "PS": 0.22, "QA": 0.08, "SA": 0.11, "SD": 0.22, "SY": 0.22, "TN": 0.20, "AE": 0.10,
    "YE": 0.13,
    # Europe
    "AL": 0.08, "AT": 0.09, "BA": 0.09, "BE": 0.11, "BG": 0.12, "BY": 0.19, "CH": 0.07, "CY": 0.06, "CZ": 0.06,
    "DE": 0.11, "DK": 0.06, "EE": 0.09, "ES": 0.062, "FI": 0.09, "FR": 0.08, "GB": 0.05, "GR": 0.08, "HR": 0.08,
    "HU": 0.09, "IE": 0.08, "IS": 0.08, "IT": 0.09, "LT": 0.05, "LU": 0.09, "LV": 0.07, "MD": 0.10, "ME": 0.08,
    "MK": 0.07, "MT": 0.07, "NL": 0.11, "NO": 0.08, "PL": 0.05, "PT": 0.05, "RO": 0.08, "RS": 0.08, "SE": 0.07,
    "SI": 0.09, "SK": 0.09, "TR": 0.04, "UA": 0.16,
    # The Americas
    "AR": 0.10, "BR": 0.05, "CA": 0.015, "CL": 0.07, "CO": 0.06, "CR": 0.05, "DO": 0.06, "EC": 0.16, "MX": 0.06,
    "PA": 0.08, "PE": 0.08, "PR": 0.01, "US": 0.01, "UY": 0.09, "VE": 0.09,
    # Africa
    "BF": 0.13, "BJ": 0.12, "CD": 0.15, "CI": 0.16, "CM": 0.15, "ET": 0.18, "GA": 0.17, "GH": 0.15, "GN": 0.17,
    "KE": 0.15, "ML": 0.17, "MZ": 0.13, "NE": 0.17, "NG": 0.15, "RW": 0.15, "SN": 0.15, "TD": 0.17, "TG": 0.14,
    "TZ": 0.16, "UG": 0.16, "ZA": 0.04, "ZM": 0.15, "ZW": 0.14,
    # Asia and the Pacific
    "AU": 0.06, "BD": 0.27, "CN": 0.04, "GE": 0.12, "HK": 0.08, "ID": 0.32, "IL": 0.18, "IN": 0.06, "JP": 0.08,
    "KR": 0.04, "KZ": 0.17, "LK": 0.27, "MY": 0.15, "NP": 0.18, "NZ": 0.11, "PH": 0.18, "PK": 0.28, "SG": 0.06,
    "TH": 0.03, "TW": 0.08, "UZ": 0.25, "VN": 0.17,
}  # fmt: skip
DEAREST = max(_PRICES.values())


def of_part(region: str | None, own: Mapping[str, float]) -> float | None:
    """US dollars for one part to that region; `own` are the shop's prices. None for a country that is in neither."""
    return own.get(region or "", _PRICES.get(region or ""))
