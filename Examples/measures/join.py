"""Put the tables of all models below one another.

PIPE_INPUT_measures and PIPE_INPUT_curves each name a CSV table with one row for each branch: its
axis `model`, and the path of the branch's own table. All of those have the same header.
"""

import csv
import os

for name in ("measures", "curves"):
    with open(os.environ[f"PIPE_INPUT_{name}"], encoding="utf-8", newline="") as branches:
        paths = [branch["path"] for branch in csv.DictReader(branches)]
    rows = 0
    with open(os.environ[f"PIPE_OUTPUT_{name}"], "w", encoding="utf-8") as joined:
        for number, path in enumerate(paths):
            with open(path, encoding="utf-8") as table:
                header, *lines = table.readlines()
            joined.writelines(([header] if number == 0 else []) + lines)
            rows += len(lines)
    print(f"{name}: {rows} rows of {len(paths)} models")
