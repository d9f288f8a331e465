"""What CloudFront keeps: the addresses of public pages and no others, and nothing of a visitor goes to those."""

from fnmatch import fnmatchcase
from typing import Any

import pytest
import yaml

from chalicelib.web import front
from tests.infra.conftest import ROOT

CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
PUBLIC = [
    "/en/", "/ar/", "/en/categories/care", "/ar/articles/split-board", "/en/articles/none/at/all", "/ar/feed.xml",
    "/sitemap.xml", "/robots.txt", "/brand.css",
]  # fmt: skip
OF_ONE_VISITOR = [
    "/", "/en", "/en/search", "/en/suggest", "/en/account/latest", "/en/account/articles/wholesale", "/en/votes/art_1",
    "/en/account/categories/care", "/en/tickets", "/en/tickets/1", "/en/sign-in", "/en/preferences", "/en/theme",
    "/agent", "/agent/tickets", "/agent/articles", "/v1/articles/art_1", "/v1/categories/cat_1", "/v1/articles",
    "/v1/search/articles", "/health", "/docs",
]  # fmt: skip


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms (!Ref, !Sub …) as plain values."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: getattr(node, "value", None))
RESOURCES = yaml.load((ROOT / "infra" / "app.yaml").read_text(), _Loader)["Resources"]


def behaviour(path: str) -> dict[str, Any]:
    """The one that CloudFront takes: the first whose pattern matches (`*` any letters, `?` one), else the default."""
    config = distribution()
    return next((one for one in config["CacheBehaviors"] if fnmatchcase(path, one["PathPattern"])), default())


def distribution() -> dict[str, Any]:
    return dict(RESOURCES["FrontDistribution"]["Properties"]["DistributionConfig"])


def default() -> dict[str, Any]:
    return dict(distribution()["DefaultCacheBehavior"])


def policy(name: str) -> dict[str, Any]:
    return dict(RESOURCES[name]["Properties"]["CachePolicyConfig"])


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_address_is_kept_and_takes_no_form(path):
    assert behaviour(path)["CachePolicyId"] in ("PublicPages", "PublicParts")
    assert "OriginRequestPolicyId" not in behaviour(path)
    assert "AllowedMethods" not in behaviour(path)


@pytest.mark.parametrize("path", OF_ONE_VISITOR)
def test_what_is_about_one_visitor_is_not_kept_and_gets_all_he_sends(path):
    assert behaviour(path)["CachePolicyId"] == CACHING_DISABLED
    assert behaviour(path)["OriginRequestPolicyId"] == default()["OriginRequestPolicyId"]
    assert "POST" in behaviour(path)["AllowedMethods"]


@pytest.mark.parametrize("name", ["PublicPages", "PublicParts"])
def test_nothing_of_a_visitor_reaches_a_public_page(name):
    asked = policy(name)["ParametersInCacheKeyAndForwardedToOrigin"]

    assert asked["CookiesConfig"] == {"CookieBehavior": "none"}
    assert asked["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert asked["QueryStringsConfig"].get("QueryStrings", []) in ([], ["part", "v"])


@pytest.mark.parametrize("name", ["PublicPages", "PublicParts"])
def test_an_answer_that_may_not_be_kept_is_not_kept_for_a_second(name):
    assert (policy(name)["MinTTL"], policy(name)["DefaultTTL"]) == (0, 0)


def test_the_api_alone_is_sent_the_secret_of_the_front_out_of_its_keeping():
    sent = {one["Id"]: one.get("OriginCustomHeaders", []) for one in distribution()["Origins"]}

    assert (sent.pop("static"), sent.pop("files")) == ([], [])
    ((header,),) = sent.values()
    assert header["HeaderName"].lower() == front.SECRET
    assert header["HeaderValue"] == "{{resolve:secretsmanager:${OriginSecret}:SecretString:::${OriginSecretVersion}}}"


def test_the_function_behind_the_front_is_told_where_the_secret_is_and_anew_of_each_change():
    told = RESOURCES["APIHandler"]["Properties"]["Environment"]["Variables"]

    asks, arn, empty = (one.value for one in told["DIWAN_ORIGIN_SECRET_ARN"])
    assert (asks, arn, empty) == ("AsksForOriginSecret", "OriginSecret", "")
    assert told["DIWAN_ORIGIN_SECRET_VERSION"] == "OriginSecretVersion"


def test_pictures_come_from_the_bucket_and_are_nothing_else_to_a_browser():
    kept = behaviour("/media/img_01JD0000000000000000000000/board.png")
    sent = RESOURCES["Pictures"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]

    assert (kept["TargetOriginId"], kept["ResponseHeadersPolicyId"]) == ("files", "Pictures")
    assert "OriginRequestPolicyId" not in kept
    assert sent["ContentTypeOptions"] == {"Override": True}
    assert sent["ContentSecurityPolicy"]["ContentSecurityPolicy"] == "default-src 'none'; sandbox"


def test_of_the_bucket_of_files_cloudfront_reads_the_pictures_alone():
    data = yaml.load((ROOT / "infra" / "data.yaml").read_text(), _Loader)["Resources"]
    allowed = [
        one
        for one in data["FilesBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
        if one["Effect"] == "Allow"
    ]

    assert [(one["Principal"], one["Action"], one["Resource"]) for one in allowed] == [
        ({"Service": "cloudfront.amazonaws.com"}, "s3:GetObject", "${FilesBucket.Arn}/media/*"),
        ({"Service": "cloudfront.amazonaws.com"}, "s3:ListBucket", "FilesBucket.Arn"),
    ]
    assert all(one["Condition"] == {"StringEquals": {"aws:SourceAccount": "AWS::AccountId"}} for one in allowed)
