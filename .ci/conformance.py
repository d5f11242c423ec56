#!/usr/bin/env python3
"""Asks `testmesh eval --batch` all cases of both conformance suites, as a tool would.

    .ci/conformance.py ./testmesh

Closes with "N passed, N failed". Cases that differ on purpose are marked in the data ("differs"), or
stand with their reason in exceptions.txt beside it.
"""
import json
import math
import pathlib
import subprocess
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent / "testmesh-engine/src/test/resources/conformance"


def answers(testmesh, lines, *options):
    text = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run([testmesh, "eval", "--batch", *options], input=text, text=True,
                          encoding="utf-8", stdout=subprocess.PIPE)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def same(wanted, got):
    """Equal with types: 1 is not 1.0; order counts in lists, not in maps and pairs."""
    if isinstance(wanted, bool) or isinstance(got, bool) or wanted is None or got is None:
        return wanted is got
    if isinstance(wanted, (int, float)) and isinstance(got, (int, float)):
        return type(wanted) is type(got) and (wanted == got or math.isclose(wanted, got, rel_tol=0))
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(map(same, wanted, got))
    if isinstance(wanted, dict) and isinstance(got, dict):
        if "$pairs" in wanted and "$pairs" in got:
            return same_pairs(wanted["$pairs"], got["$pairs"])
        return wanted.keys() == got.keys() and all(same(wanted[key], got[key]) for key in wanted)
    return wanted == got


def same_pairs(wanted, got):
    left = list(got)
    for pair in wanted:
        match = next((other for other in left if same(pair, other)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def expressions(testmesh):
    folder = DATA / "expressions"
    exceptions = {line.split()[0] for line in (folder / "exceptions.txt").read_text().splitlines()
                  if line.strip() and not line.startswith("#")}
    cases = [json.loads(line) for line in (folder / "cases.ndjson").read_text("utf-8").splitlines()]
    cases = [case for case in cases if "differs" not in case and case["id"] not in exceptions]
    lines = [{"id": case["id"], "expr": case["expr"], "env": case["env"]} for case in cases]
    got = answers(testmesh, lines, "--environments", str(folder / "environments.json"))
    for case, answer in zip(cases, got):
        if "error" in case:
            error = answer.get("error")
            good = error is not None and (case["error"]["phase"] != "parse" or error["phase"] == "parse")
        else:
            good = answer.get("type") == case["type"] and same(case["value"], answer.get("value"))
        yield good and answer["id"] == case["id"], case["id"] + " " + case["expr"], answer
    if len(got) != len(cases):
        yield False, "expressions", f"{len(got)} answers to {len(cases)} lines"


def paths(testmesh):
    cases = json.loads((DATA / "jsonpath/cts.json").read_text("utf-8"))["tests"]
    lines = [{"id": str(number), "path": case["selector"], "data": case.get("document")}
             for number, case in enumerate(cases)]
    got = answers(testmesh, lines)
    for case, answer in zip(cases, got):
        if case.get("invalid_selector"):
            good = answer.get("error", {}).get("phase") == "parse"
        else:
            allowed = case["results"] if "results" in case else [case["result"]]
            good = "nodes" in answer and any(same(nodes, answer["nodes"]) for nodes in allowed)
        yield good, case["name"], answer
    if len(got) != len(cases):
        yield False, "paths", f"{len(got)} answers to {len(cases)} lines"


def main():
    passed = failed = 0
    for suite in (expressions, paths):
        for good, name, answer in suite(sys.argv[1]):
            passed += good
            failed += not good
            if not good:
                print(f"FAIL {suite.__name__}: {name}: {json.dumps(answer, ensure_ascii=False)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
