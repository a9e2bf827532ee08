#!/usr/bin/env python3
"""Recompute, without any code of pipe, what the kinds `train` and `perturb` wrote.

usage: verify_losses.py DATA MODEL...

DATA    a folder with the four IDX files of the dataset (trainImages.idx … testLabels.idx, or
        train-images-idx3-ubyte … t10k-labels-idx1-ubyte)
MODEL   a folder with weights.safetensors, and what is to be compared of: metrics.csv,
        exampleLosses.safetensors, losses.csv (of `perturb`)

Everything is computed here from the weights: the training subset and the moves of the weights from
the random number generator's definition, losses in double precision. Prints the largest difference
of each kind; exit status 1 when one is above the tolerance.
"""
import csv
import json
import os
import sys

import numpy as np

LOSS_TOLERANCE = 1e-5  # relative to max(1, loss): the stages compute losses of images in f32
ACCURACY_TOLERANCE = 1e-4  # an image or two on the border between two classes
FILES = {
    "trainImages": "train-images-idx3-ubyte", "trainLabels": "train-labels-idx1-ubyte",
    "testImages": "t10k-images-idx3-ubyte", "testLabels": "t10k-labels-idx1-ubyte"}


def read_idx(folder, name):
    for candidate in (name + ".idx", name, FILES[name]):
        path = os.path.join(folder, candidate)
        if os.path.exists(path):
            data = np.fromfile(path, np.uint8)
            rank = int(data[3])
            shape = [int(n) for n in data[4:4 + 4 * rank].view(">u4")]
            return data[4 + 4 * rank:].reshape(shape)
    sys.exit(f"no {name}.idx in {folder}")


def read_safetensors(path):
    data = open(path, "rb").read()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F32", entry
        tensors[name] = np.frombuffer(data[start + begin:start + end], "<f4").reshape(entry["shape"])
    return tensors, metadata


def philox(seed, stream, model, draw, count):
    """The first `count` words of Philox4x32-10 with counter (block, draw, model, stream)."""
    blocks = (count + 3) // 4
    x = [np.arange(blocks, dtype=np.uint64)] + [
        np.full(blocks, word, np.uint64) for word in (draw, model, stream)]
    mask = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    key = [seed & 0xFFFFFFFF, seed >> 32]
    for _ in range(10):
        a = x[0] * np.uint64(0xD2511F53)
        b = x[2] * np.uint64(0xCD9E8D57)
        x = [(b >> shift) ^ x[1] ^ np.uint64(key[0]), b & mask,
             (a >> shift) ^ x[3] ^ np.uint64(key[1]), a & mask]
        key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return np.stack(x, axis=1).reshape(-1)[:count]


def shuffled(words, count):
    order = list(range(count))
    for i in range(count - 1, 0, -1):
        j = (int(words[count - 1 - i]) * (i + 1)) >> 32
        order[i], order[j] = order[j], order[i]
    return np.array(order)


def uniforms(seed, model, draw, count):
    return (philox(seed, 2, model, draw, (count + 3) // 4 * 4) + 0.5) / 2.0**32


def normals(seed, model, draw, count):
    u = uniforms(seed, model, draw, count).reshape(-1, 2)
    radius, angle = np.sqrt(-2 * np.log(u[:, 0])), 2 * np.pi * u[:, 1]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).reshape(-1)[:count]


def direction(row, weights, seed, model):
    """δ of one row of losses.csv, in the order W1, b1, W2, b2."""
    shapes = [w.shape for w in weights]
    count = sum(w.size for w in weights)
    draw, kind = int(row["draw"]), row.get("kind", "gaussian")
    flat = (2 * uniforms(seed, model, draw, count)[:count] - 1 if kind == "uniform"
            else normals(seed, model, draw, count))
    parts = [part.reshape(shape) for part, shape in
             zip(np.split(flat, np.cumsum([w.size for w in weights])[:-1]), shapes)]
    if kind == "relative":
        parts = [part * np.abs(w) for part, w in zip(parts, weights)]
    if kind == "filter":
        norm = lambda m: np.sqrt((m.astype(np.float64)**2).sum(axis=0))
        parts = [part * norm(w) / norm(part) if part.ndim == 2 else 0 * part
                 for part, w in zip(parts, weights)]
    scope = row.get("scope", "all")
    kept = {"all": (1, 1, 1, 1), "W1": (1, 1, 0, 0), "W2": (0, 0, 1, 1)}[scope]
    parts = [part * keep for part, keep in zip(parts, kept)]
    if kind == "sphere":
        length = np.sqrt(sum((part**2).sum() for part in parts))
        parts = [part / length for part in parts]
    return parts


def losses(weights, activation, images, labels):
    """Loss of each image and whether it is classified right, in double precision."""
    W1, b1, W2, b2 = (w.astype(np.float64) for w in weights)
    found, right = [], []
    for start in range(0, len(labels), 10000):
        x = images[start:start + 10000].reshape(-1, 784) / 255.0
        y = labels[start:start + 10000].astype(int)
        a = x @ W1 + b1
        h = {"relu": lambda: np.maximum(a, 0), "tanh": lambda: np.tanh(a),
             "sigmoid": lambda: 1 / (1 + np.exp(-a))}[activation]()
        z = h @ W2 + b2
        top = z.max(axis=1)
        found.append(np.log(np.exp(z - top[:, None]).sum(axis=1)) + top - z[np.arange(len(y)), y])
        right.append(z.argmax(axis=1) == y)
    return np.concatenate(found), np.concatenate(right)


class Comparison:
    """The largest difference of each kind that was compared."""

    def __init__(self):
        self.largest = {}

    def add(self, what, found, expected, tolerance):
        difference = abs(found - expected) / max(1.0, abs(expected))
        if not np.isfinite(expected) and not np.isfinite(found):
            difference = 0.0
        known = self.largest.get(what, (0.0, tolerance, 0))
        self.largest[what] = (max(known[0], float(difference)), tolerance, known[2] + 1)

    def report(self):
        fine = bool(self.largest)
        for what, (difference, tolerance, count) in self.largest.items():
            verdict = "ok" if difference <= tolerance else "TOO LARGE"
            fine = fine and difference <= tolerance
            print(f"{what:30} {count:6} compared, largest difference {difference:.2e}  {verdict}")
        return fine


def verify(folder, data, comparison):
    tensors, metadata = read_safetensors(os.path.join(folder, "weights.safetensors"))
    weights = [tensors[name] for name in ("W1", "b1", "W2", "b2")]
    activation = metadata["activation"]
    n, total = int(metadata["data.train"]), len(data["trainLabels"])
    order = shuffled(philox(int(metadata["data.subsetSeed"]), 6, 0, 0, total), total)
    train = (data["trainImages"][order[:n]], data["trainLabels"][order[:n]])
    test = (data["testImages"], data["testLabels"])
    if metadata["data.evaluate"] == "pool":
        test = tuple(np.concatenate([data[name][order[n:]], rest])
                     for name, rest in zip(("trainImages", "trainLabels"), test))
    sets = {"train": train, "evaluation": test}
    path = lambda name: os.path.join(folder, name)

    train_losses, train_right = losses(weights, activation, *train)
    test_losses, test_right = losses(weights, activation, *test)
    if os.path.exists(path("metrics.csv")):
        row = next(csv.DictReader(open(path("metrics.csv"), newline="")))
        for name, value in (("trainLoss", train_losses.mean()), ("testLoss", test_losses.mean())):
            comparison.add("metrics " + name, float(row[name]), value, LOSS_TOLERANCE)
        comparison.add("metrics gap", float(row["gap"]), test_losses.mean() - train_losses.mean(),
                       LOSS_TOLERANCE)
        for name, value in (("trainAccuracy", train_right.mean()), ("testAccuracy", test_right.mean())):
            comparison.add("metrics " + name, float(row[name]), value, ACCURACY_TOLERANCE)
    if os.path.exists(path("exampleLosses.safetensors")):
        stored = read_safetensors(path("exampleLosses.safetensors"))[0]["evaluation"]
        assert stored.shape == test_losses.shape, (stored.shape, test_losses.shape)
        for found, expected in zip(stored, test_losses):
            comparison.add("losses of evaluation images", float(found), expected, LOSS_TOLERANCE)
    if os.path.exists(path("losses.csv")):
        for row in csv.DictReader(open(path("losses.csv"), newline="")):
            delta = direction(row, weights, int(metadata["seed"]), int(metadata["model"]))
            length = float(row["sigma"]) * (-1 if row["sign"] == "-" else 1)
            moved = [(w.astype(np.float64) + length * d).astype(np.float32)
                     for w, d in zip(weights, delta)]
            value = losses(moved, activation, *sets[row.get("on", "train")])[0].mean()
            comparison.add("losses after a move", float(row["loss"]), value, LOSS_TOLERANCE)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    data = {name: read_idx(sys.argv[1], name) for name in FILES}
    comparison = Comparison()
    for folder in sys.argv[2:]:
        verify(folder, data, comparison)
    sys.exit(0 if comparison.report() else 1)


main()
