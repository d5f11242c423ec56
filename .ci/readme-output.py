#!/usr/bin/env python3
"""Compares what a command printed (standard input) with the block that README.md shows for it.

    ./testmesh run examples/quickstart | .ci/readme-output.py './testmesh run examples/quickstart'

Times and the order of flows that ran side by side do not count.
"""
import re
import sys

command = sys.argv[1]
readme = open("README.md", encoding="utf-8").read()
block = re.search(r"<!-- output: " + re.escape(command) + r" -->\n```\n(.*?)```", readme, re.S)


def lines(text):
    return sorted(re.sub(r"\d+(\.\d+)? (ms|s)\b", "N ms", line).strip() for line in text.splitlines() if line.strip())


if not block:
    sys.exit(f"README.md shows no output of: {command}")
shown, printed = lines(block.group(1)), lines(sys.stdin.read())
if shown != printed:
    sys.exit("README.md shows\n  " + "\n  ".join(shown) + "\nand the command prints\n  " + "\n  ".join(printed))
