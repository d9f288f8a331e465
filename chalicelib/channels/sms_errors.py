"""A failed call to SNS or End User Messaging as what the sender may do next, with words for an agent where it is over.

End User Messaging says in `Reason` what its error is about; SNS only in its words.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.channels import provider_errors
from chalicelib.channels.provider_errors import QUOTA_WAIT, SETUP_WAIT
from chalicelib.channels.sending import Rejected, Throttled

# https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html#API_SendTextMessage_Errors
_REFUSED = {
    "DESTINATION_PHONE_NUMBER_OPTED_OUT": "sms-stopped",
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED": "sms-on-trial",
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE": "sms-blocked",
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION": "sms-country",
    "DESTINATION_COUNTRY_BLOCKED": "sms-country",
    "COUNTRY_NOT_ENABLED": "sms-country",
    "COUNTRY_CODE_MISMATCH": "sms-country",
    "INTERNATIONAL_SENDING_NOT_SUPPORTED": "sms-country",
    "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY": "sms-country",
    "NO_ORIGINATION_IDENTITIES_FOUND": "sms-country",
    "SENDER_ID_NOT_REGISTERED": "sms-country",
    "SENDER_ID_NOT_SUPPORTED": "sms-country",
    "SENDER_ID_REQUIRES_REGISTRATION": "sms-country",
    "PRICE_OVER_THRESHOLD": "sms-too-dear",
}
# Of ours, and none of the message: it waits until somebody has put it right.
_SET_UP = {
    "KEYWORD_MISMATCH",
    "MESSAGE_TYPE_MISMATCH",
    "NUMBER_CAPABILITIES_MISMATCH",
    "REGISTRATION_NOT_COMPLETE",
    "RESOURCE_NOT_ACCESSIBLE",
    "RESOURCE_NOT_ACTIVE",
}
_SET_UP_CODES = ("AuthorizationError", "InvalidSecurity", "KMS", "ResourceNotFound")
_QUOTAS = "ServiceQuotaExceeded"
_WORDS = {
    "opted out": "sms-stopped",
    "sandbox": "sms-on-trial",
    "not verified": "sms-on-trial",
    "max price": "sms-too-dear",
    "phonenumber": "bad-number",
    "phone number": "bad-number",
}
_NUMBER_FIELD = "DestinationPhoneNumber"


def read(error: Exception) -> Exception:
    """The failure of a botocore call as Throttled, Rejected or Unknown, or `error` itself when the fault is ours."""
    response: Mapping[str, Any] = getattr(error, "response", None) or {}
    told = response.get("Error", {})
    code, words = told.get("Code", ""), told.get("Message", "")
    reason, detail = response.get("Reason") or "", f"{code}: {words}"
    if reason in _SET_UP or code.startswith(_SET_UP_CODES):
        return Throttled(detail, SETUP_WAIT)
    if code.startswith(_QUOTAS):
        return Throttled(detail, QUOTA_WAIT)
    found = provider_errors.read(error)
    return Rejected(detail, _code(response, reason, words)) if isinstance(found, Rejected) else found


def _code(response: Mapping[str, Any], reason: str, words: str) -> str:
    """Which reason of `delivery_reason` it is."""
    if any(field.get("Name") == _NUMBER_FIELD for field in response.get("Fields", ())):
        return "bad-number"
    by_words = next((code for sign, code in _WORDS.items() if sign in words.lower()), "sms-not-taken")
    return _REFUSED.get(reason, by_words)
