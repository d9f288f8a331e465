"""What schemathesis asks of a refusal beyond its own checks: a documented code, for a reason that no schema says.

Loaded by `schemathesis.toml`, without the project's packages.
"""

import re

import schemathesis
from schemathesis import Case, CheckContext, Response

# Faults that a schema can express: what fits its schema must never be refused for one of them.
SAID_BY_SCHEMAS = {
    "required", "unknown-field", "wrong-type", "unknown-value", "too-long", "too-many", "too-few", "out-of-range",
    "blank", "invalid-characters", "invalid-time", "repeated-parameter", "one-of", "any-of",
}  # fmt: skip
# What the gateway refuses before the operation is reached: it belongs to no operation.
OF_THE_GATEWAY = {"not-found", "method-not-allowed"}
NOT_SAID = ("invalid", "invalid-parameter")


@schemathesis.check
def refuses_by_documented_codes(ctx: CheckContext, response: Response, case: Case) -> None:
    """Every problem has a code that the document lists for this operation under this status."""
    if response.status_code < 400 or "problem+json" not in response.headers.get("content-type", [""])[0]:
        return
    code = response.json()["code"]
    told = case.operation.definition.raw["responses"].get(str(response.status_code), {}).get("description", "")
    if code not in OF_THE_GATEWAY:
        assert code in re.findall(r"`([a-z-]+)`", told), f"{code} is not among the documented codes: {told}"


@schemathesis.check
def refuses_what_fits_only_for_what_no_schema_says(ctx: CheckContext, response: Response, case: Case) -> None:
    """A request that fits its schema is refused by a name of its own, never as one that does not fit."""
    fits = case.meta is not None and case.meta.generation.mode.is_positive
    if not fits or response.status_code not in (400, 409, 412, 422):
        return
    problem = response.json()
    # Custom fields are defined while the product runs; no document can know them.
    told = [fault for fault in problem["errors"] if not fault["pointer"].startswith("/custom_fields/")]
    said = {fault["code"] for fault in told} & SAID_BY_SCHEMAS
    assert not said, f"the schema could have said so: {problem['errors']}"
    assert problem["errors"] or problem["code"] not in NOT_SAID, f"nothing says what is wrong: {problem}"
