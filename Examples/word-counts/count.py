"""Count the words of one text.

usage: count.py TEXT COUNTS

Writes a CSV table (word, count) of the words that occur at least PIPE_PARAM_minimum times,
by the alphabet, so that equal counts make equal bytes.
"""

import csv
import os
import re
import sys
from collections import Counter

text_path, counts_path = sys.argv[1:]
minimum = int(os.environ["PIPE_PARAM_minimum"])

with open(text_path, encoding="utf-8") as text:
    words = Counter(re.findall(r"[a-z]+(?:'[a-z]+)?", text.read().lower()))

with open(counts_path, "w", encoding="utf-8", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["word", "count"])
    table.writerows((word, words[word]) for word in sorted(words) if words[word] >= minimum)

print(f"{text_path}: {words.total()} words, {len(words)} different ones")
