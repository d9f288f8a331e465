"""Writes the templates of a deployment: the merged application without YAML aliases, which CloudFormation refuses."""

import shutil
from pathlib import Path
from typing import Any

import yaml

_ALONE = ("data.yaml", "monitoring.yaml")


def write(merged: Path, infra: Path, dist: Path) -> None:
    """Put into `dist` the application's template `merged` as app.yaml, and those of `infra` that stand alone.

    In app.yaml every `CodeUri` stays the local `./diwan.zip`; a deployment puts the zip's place in S3 there.
    """
    template = yaml.safe_load(merged.read_text())
    for function in _functions(template):
        function["CodeUri"] = "./diwan.zip"
    (dist / "app.yaml").write_text(yaml.dump(template, Dumper=_WithoutAliases, sort_keys=True, width=120))
    for name in _ALONE:
        shutil.copy(infra / name, dist / name)


def _functions(template: dict[str, Any]) -> list[dict[str, Any]]:
    resources = template["Resources"].values()
    return [each["Properties"] for each in resources if each["Type"] == "AWS::Serverless::Function"]


class _WithoutAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True
