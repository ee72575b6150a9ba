"""Reads a page of metrics from stdin with Prometheus's own parsers and prints its samples, a line of JSON each."""

import json
import sys

from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client import parser as text

page = sys.stdin.read()
read = openmetrics if sys.argv[1] == "openmetrics" else text
for family in read.text_string_to_metric_families(page):
    if not family.documentation:
        raise SystemExit(f"{family.name} has no help")
    for sample in family.samples:
        print(
            json.dumps(
                {
                    "family": family.name,
                    "type": family.type,
                    "name": sample.name,
                    "labels": sample.labels,
                    "value": sample.value if sample.value == sample.value else None,
                },
                allow_nan=True,
            )
        )
