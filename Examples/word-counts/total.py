"""Add up the counts of all books.

usage: total.py TOTAL

PIPE_INPUT_counts names a CSV table with one row for each branch of `words`: its axis `book`, and the
path of its counts. Writes a CSV table: word, total, and a column for each book, empty where the word
is too rare to be in that book's counts (and so adds nothing).
"""

import csv
import os
import sys
from collections import defaultdict

(total_path,) = sys.argv[1:]

books = []
counts = defaultdict(dict)
with open(os.environ["PIPE_INPUT_counts"], encoding="utf-8", newline="") as branches:
    for branch in csv.DictReader(branches):
        books.append(branch["book"])
        with open(branch["path"], encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                counts[row["word"]][branch["book"]] = int(row["count"])

with open(total_path, "w", encoding="utf-8", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["word", "total", *books])
    for word in sorted(counts):
        row = counts[word]
        table.writerow([word, sum(row.values()), *(row.get(book, "") for book in books)])

print(f"{len(counts)} words in {len(books)} books")
