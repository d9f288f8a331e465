"""OpenSearch as far as Diwan asks for it, over real HTTP: it refuses whatever its API does not document.

https://docs.opensearch.org/latest/api-reference/ (bulk, search, create index) and, for what a collection takes,
https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-genref.html. It scores by BM25 as Lucene
has since version 8: without the constant factor k1 + 1.
"""

import fnmatch
import hashlib
import hmac
import json
import math
import operator
import os
import re
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

ALPHABET_OF_NAMES = re.compile(r"[a-z0-9][a-z0-9._-]{0,254}")
SEARCH_KEYS = {
    "query",
    "size",
    "from",
    "_source",
    "sort",
    "search_after",
    "track_total_hits",
    "version",
    "aggs",
    "suggest",
}
COMPARING = {"gte": operator.ge, "gt": operator.gt, "lte": operator.le, "lt": operator.lt}
REGION = "eu-west-1"

Json = dict[str, Any]


class Refusal(Exception):
    """An answer that is not 200."""

    def __init__(self, status: int, kind: str) -> None:
        super().__init__(kind)
        self.status, self.kind = status, kind


@dataclass
class Stored:
    version: int
    fields: Json | None  # None: deleted


@dataclass
class Index:
    properties: Json
    stored: dict[str, Stored] = field(default_factory=dict)
    seen: dict[str, Stored] = field(default_factory=dict)


class OpenSearch(ThreadingHTTPServer):
    """Listens on a free port of this machine. What is written is found after `lag` more searches.

    `broken` is a status it answers everything with, `garbled` that it answers no JSON; `requests` lists (method, path)
    of all that came.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.indexes: dict[str, Index] = {}
        self.requests: list[tuple[str, str]] = []
        self.lag = 0
        self.broken = 0
        self.garbled = False
        self._until_refresh = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, method: str, path: str, body: bytes) -> Json:
        if self.broken:
            raise Refusal(self.broken, "broken")
        match method, path.strip("/").split("/"):
            case "PUT", [name]:
                return self._create(name, json.loads(body))
            case "GET", [pattern]:
                return {name: {} for name in fnmatch.filter(self.indexes, pattern)}
            case "DELETE", [name]:
                self._index(name)
                del self.indexes[name]
                return {"acknowledged": True}
            case "POST", [name, "_bulk"]:
                return self._bulk(self._index(name), body)
            case "POST", [name, "_search"]:
                return self._search(self._index(name), json.loads(body))
        raise Refusal(405, "method_not_allowed")

    def _index(self, name: str) -> Index:
        if name not in self.indexes:
            raise Refusal(404, "index_not_found_exception")
        return self.indexes[name]

    def _create(self, name: str, definition: Json) -> Json:
        if not ALPHABET_OF_NAMES.fullmatch(name):
            raise Refusal(400, "invalid_index_name_exception")
        if name in self.indexes:
            raise Refusal(400, "resource_already_exists_exception")
        if definition["mappings"]["dynamic"] != "strict":
            raise Refusal(400, "mapper_parsing_exception")
        self.indexes[name] = Index(definition["mappings"]["properties"])
        return {"acknowledged": True, "shards_acknowledged": True, "index": name}

    def _bulk(self, index: Index, body: bytes) -> Json:
        if not body.endswith(b"\n"):
            raise Refusal(400, "illegal_argument_exception")
        lines = iter(body.decode().split("\n")[:-1])
        items = []
        for line in lines:
            [(action, meta)] = json.loads(line).items()
            fields = json.loads(next(lines)) if action == "index" else None
            items.append({action: {"_id": meta["_id"], **_write(index, action, meta, fields)}})
        self._until_refresh = self.lag
        self._refresh(index)
        return {"took": 1, "errors": any("error" in each for item in items for each in item.values()), "items": items}

    def _refresh(self, index: Index) -> None:
        if self._until_refresh <= 0:
            index.seen = {id: stored for id, stored in index.stored.items() if stored.fields is not None}
        self._until_refresh -= 1

    def _search(self, index: Index, body: Json) -> Json:
        if not SEARCH_KEYS.issuperset(body) or body.get("size", 10) > 10_000:
            raise Refusal(400, "parsing_exception")
        self._refresh(index)
        query = Query(index)
        scored = [(score, id) for id in index.seen if (score := query.score(body.get("query", {"match_all": {}}), id))]
        hits = [query.hit(score, id, body) for score, id in scored]
        for rule in reversed(body.get("sort", [{"_score": "desc"}])):
            [(name, order)] = rule.items()
            hits.sort(key=lambda hit, name=name: query.sorted_by(hit, name), reverse=order == "desc")
        if "search_after" in body:
            hits = [hit for hit in hits if hit["sort"] > body["search_after"]]
        answer: Json = {
            "hits": {"total": {"value": len(scored), "relation": "eq"}, "hits": hits[: body.get("size", 10)]}
        }
        if "aggs" in body:
            answer["aggregations"] = query.aggregations(body["aggs"], list(index.seen))
        if "suggest" in body:
            answer["suggest"] = {name: query.suggested(asked) for name, asked in body["suggest"].items()}
        return answer


def _write(index: Index, action: str, meta: Json, fields: Json | None) -> Json:
    if {*meta} - {"_id", "version", "version_type"} or action not in ("index", "delete"):
        return {"status": 400, "error": {"type": "illegal_argument_exception"}}
    if {*(fields or ())} - {*index.properties}:
        return {"status": 400, "error": {"type": "strict_dynamic_mapping_exception"}}
    before = index.stored.get(meta["_id"])
    if before and "version" in meta and meta["version"] < before.version:
        return {"status": 409, "error": {"type": "version_conflict_engine_exception"}}
    index.stored[meta["_id"]] = Stored(meta.get("version", 1), fields)
    if fields is None and (before is None or before.fields is None):
        return {"status": 404, "result": "not_found"}
    return {"status": 200 if before else 201, "result": "updated" if before else "created"}


class Query:
    """What one index shows at this moment. A score of 0 means that a document does not fit."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._seen = index.seen

    def score(self, query: Json, id: str) -> float:
        [(kind, what)] = query.items()
        match kind:
            case "match_all":
                return 1.0
            case "ids":
                return float(id in what["values"])
            case "term":
                [(name, value)] = what.items()
                return self._term(name, value, id)
            case "terms":
                [(name, values)] = what.items()
                return float(any(value in self._values(id, name) for value in values))
            case "range":
                [(name, ends)] = what.items()
                return self._range(name, ends, id)
            case "constant_score":
                return what.get("boost", 1.0) if self.score(what["filter"], id) else 0.0
            case "bool":
                return self._bool(what, id)
        raise Refusal(400, "parsing_exception")

    def _bool(self, what: Json, id: str) -> float:
        if {*what} - {"must", "should", "filter", "must_not", "minimum_should_match"}:
            raise Refusal(400, "parsing_exception")
        must = [self.score(each, id) for each in what.get("must", ())]
        should = [score for each in what.get("should", ()) if (score := self.score(each, id))]
        needed = what.get("minimum_should_match", 0 if {"must", "filter"} & {*what} else 1)
        fits = all(must) and all(self.score(each, id) for each in what.get("filter", ()))
        fits = fits and not any(self.score(each, id) for each in what.get("must_not", ()))
        # A query of filters alone gives hits that score 0, which this double cannot tell from none: it says next to it.
        return (sum(must) + sum(should) or 1e-9) if fits and len(should) >= min(needed, 1) else 0.0

    def _range(self, name: str, ends: Json, id: str) -> float:
        if not ends or {*ends} - {*COMPARING} or self._index.properties[name]["type"] != "long":
            raise Refusal(400, "parsing_exception")
        value = (self._seen[id].fields or {}).get(name)
        return float(value is not None and all(COMPARING[how](value, end) for how, end in ends.items()))

    def _values(self, id: str, name: str) -> list[str]:
        if name not in self._index.properties:
            return []
        value = (self._seen[id].fields or {}).get(name, [])
        values = value if isinstance(value, list) else [value]
        whole = self._index.properties[name]["type"] == "keyword"
        return values if whole else [word for each in values for word in each.split()]

    def _term(self, name: str, value: str, id: str) -> float:
        words = self._values(id, name)
        count = words.count(value)
        if not count:
            return 0.0
        holding = [len(of) for each in self._seen if (of := self._values(each, name))]
        having = sum(value in self._values(each, name) for each in self._seen)
        usual = sum(holding) / len(holding)
        idf = math.log(1 + (len(holding) - having + 0.5) / (having + 0.5))
        return idf * count / (count + 1.2 * (0.25 + 0.75 * len(words) / usual))

    def hit(self, score: float, id: str, body: Json) -> Json:
        stored = self._seen[id]
        hit: Json = {"_id": id, "_score": score if score > 1e-9 else 0.0}
        if body.get("version"):
            hit["_version"] = stored.version
        if body.get("_source", True):
            hit["_source"] = stored.fields
        if "sort" in body:
            hit["sort"] = [self.sorted_by(hit, name) for rule in body["sort"] for name in rule]
        return hit

    def sorted_by(self, hit: Json, name: str) -> Any:
        return hit["_score"] if name == "_score" else "".join(self._values(hit["_id"], name))

    def aggregations(self, asked: Json, ids: list[str]) -> Json:
        return {name: self._aggregation(one, ids) for name, one in asked.items()}

    def _aggregation(self, one: Json, ids: list[str]) -> Json:
        inner = one.get("aggs", {})
        if "filters" in one:
            counts = [sum(bool(self.score(each, id)) for id in ids) for each in one["filters"]["filters"]]
            return {"buckets": [{"doc_count": count} for count in counts]}
        if "global" not in one and "filter" not in one:
            raise Refusal(400, "parsing_exception")
        kept = list(self._seen) if "global" in one else [id for id in ids if self.score(one["filter"], id)]
        return {"doc_count": len(kept), **self.aggregations(inner, kept)}

    def suggested(self, asked: Json) -> list[Json]:
        """The term suggester: words of a field within so many edits, of which two letters swapped are one."""
        rule = asked["term"]
        words = [word for id in self._seen for word in set(self._values(id, rule["field"]))]
        return [
            {"text": typed, "options": [{"text": w, "freq": words.count(w), "score": 0.8} for w in sorted(set(words))
                                        if w != typed and _edits(typed, w) <= rule["max_edits"]][: rule["size"]]}
            for typed in asked["text"].split()
        ]  # fmt: skip


def _edits(one: str, other: str) -> int:
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, start=1):
        rows.append([i])
        for j, b in enumerate(other, start=1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i].append(best)
    return rows[-1][-1]


class Door(BaseHTTPRequestHandler):
    """Refuses what is not signed by version 4, or not of the right kind of content."""

    server: OpenSearch
    protocol_version = "HTTP/1.1"
    # Else the body waits 40 ms for the client to acknowledge the head.
    disable_nagle_algorithm = True

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.command, self.path))
        try:
            self._check(body)
            status, answer = 200, self.server.answer(self.command, self.path, body)
        except Refusal as refusal:
            status = refusal.status
            answer = {"error": {"type": refusal.kind, "root_cause": []}, "status": refusal.status}
        written = b"<html>" if self.server.garbled else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    do_GET = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 (names that http.server asks for)

    def _check(self, body: bytes) -> None:
        wanted = "application/x-ndjson" if self.path.endswith("/_bulk") else "application/json"
        if body and self.headers["Content-Type"] != wanted:
            raise Refusal(406, "media_type_header_exception")
        if self.headers["X-Amz-Content-SHA256"] != hashlib.sha256(body).hexdigest():
            raise Refusal(403, "Forbidden")
        if signature(self.command, self.path, dict(self.headers.items()), "es") != self.headers["Authorization"]:
            raise Refusal(403, "Forbidden")

    def log_message(self, format: str, *values: Any) -> None:
        pass


def signature(method: str, path: str, headers: dict[str, str], service: str) -> str:
    """The header that a request must have: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html."""
    given = {name.lower(): value.strip() for name, value in headers.items()}
    names = ["content-type", "host", "x-amz-content-sha256", "x-amz-date"]
    signed = [f"{name}:{given[name]}" for name in names]
    parts = [method, quote(path, safe="/-_.~"), "", *signed, "", ";".join(names), given["x-amz-content-sha256"]]
    canonical = "\n".join(parts)
    moment = given["x-amz-date"]
    scope = f"{moment[:8]}/{REGION}/{service}/aws4_request"
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"AWS4{os.environ['AWS_SECRET_ACCESS_KEY']}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    proof = hmac.new(key, f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashed}".encode(), "sha256").hexdigest()
    credential = f"{os.environ['AWS_ACCESS_KEY_ID']}/{scope}"
    return f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={';'.join(names)}, Signature={proof}"
