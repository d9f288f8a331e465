"""The front: CloudFront before API Gateway, which can be reached without it. Only what bears its secret came by it.

Where no front stands nothing is asked for, and nobody's word is taken for where a request came from.
"""

from chalice.app import Request

from chalicelib import aws, settings, signing

SECRET = "x-origin-secret"


def is_passed(request: Request) -> bool:
    """Whether the request came by the front, or none stands. CloudFront overwrites what a visitor sends as the secret.

    The previous secret is taken too: after a change edges of CloudFront send it for some minutes.
    """
    arn = settings.origin_secret_arn()
    if not arn:
        return True
    given = request.headers.get(SECRET, "")
    if signing.same(aws.secret(arn), given):
        return True
    previous = aws.previous_secret(arn)
    return previous is not None and signing.same(previous, given)


def client(request: Request) -> str:
    """The address on the network that the request came from, empty if it is not known.

    CloudFront and a regional API Gateway each add whom they hear from to X-Forwarded-For: behind the front the visitor
    is the last but one, and what stands before him anybody can have made up.
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
    """
    peer = str((request.context.get("identity") or {}).get("sourceIp", ""))
    if not settings.origin_secret_arn():
        return peer
    passed = [one.strip() for one in request.headers.get("x-forwarded-for", "").split(",")]
    return passed[-2] if len(passed) > 1 else peer
