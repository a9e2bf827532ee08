#!/usr/bin/env python3
"""Measure the engine from outside, next to make and ninja on the same graph.

usage: bench_engine.py [--pipe PATH] [--stages N ...] [--shapes SHAPE ...] [--runs K]

Graphs of `sh` stages that each write one small file. The shell does so with its own commands, so that a
stage starts one program and no more:

  apart       each reads a file of its own
  fan         the same, and a last one reads all outputs
  chain       each reads the output of the one before
  two-before  each reads the outputs of the two before

Prints medians of K runs in seconds, the ratio to the fastest peer, and peak memory:

  start    `pipe --version`
  first    everything runs (make and ninja: -j 2)
  nothing  nothing to do
  status   `pipe status` (peers: a dry run)
  restore  all outputs deleted, then put back from the cache (peers have to run everything again)

Then how pipe's times grow from one number of stages to the next (linear: as the stages do), planning of
100,000 branches, and a float file of 500 MB, 80 % of it zeros and the others k/255, restored from the
cache.

Peers that are not installed are named and left out. Idle machines only: whatever else runs is measured
too.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def seconds(command, folder, runs, before=lambda: None):
    """The median wall time of `command`, run in `folder` after `before`."""
    times = []
    for _ in range(runs):
        before()
        begin = time.perf_counter()
        done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        times.append(time.perf_counter() - begin)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)} failed in {folder}:\n{done.stderr.decode()[-2000:]}")
    return statistics.median(times)


def peak_memory(command, folder):
    """Megabytes of `command`'s largest process."""
    code = ("import resource,subprocess,sys; subprocess.run(sys.argv[1:], stdout=-3, stderr=-3);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=folder, stdout=subprocess.PIPE)
    return int(done.stdout) / 1024


#: Shapes whose stages each read a file of their own.
WIDE = ["apart", "fan"]


def reads(shape, index):
    """What stage `index` reads, by path."""
    if shape in WIDE or index == 0:
        return [f"in/{index}"]
    if shape == "chain":
        return [f"out/{index - 1}"]
    return [f"out/{before}" for before in range(max(0, index - 2), index)]


def write_sources(folder, shape, count):
    os.makedirs(f"{folder}/in")
    os.makedirs(f"{folder}/out")
    for index in range(count if shape in WIDE else 1):
        with open(f"{folder}/in/{index}", "w") as file:
            file.write(f"{index}\n")


def command(shape, index):
    """The shell text of a stage; what it writes does not grow along a chain.

    The redirection makes make start a shell: commands without anything for a shell it starts itself.
    """
    if shape in WIDE:
        return f'read -r x < in/{index} && echo "$x" > out/{index}'
    inputs = " && ".join(f"read -r x < {path}" for path in reads(shape, index))
    return f"{inputs} && echo {index} > out/{index}"


def escaped(text):
    """A shell text as make and ninja want it."""
    return text.replace("$", "$$")


def write_pipeline(folder, shape, count):
    stages = {
        f"s{index}": {
            "kind": "command",
            "inputs": {f"x{number}": path for number, path in enumerate(reads(shape, index))},
            "command": command(shape, index), "outputs": {"y": f"out/{index}"}}
        for index in range(count)}
    if shape == "fan":
        stages["all"] = {
            "kind": "command", "inputs": {"parts": "out/*"}, "command": "cat out/* > all",
            "outputs": {"all": "all"}}
    with open(f"{folder}/pipeline.json", "w") as file:
        json.dump({"stages": stages}, file, indent=1)


def write_makefile(folder, shape, count):
    outputs = " ".join(f"out/{index}" for index in range(count))
    with open(f"{folder}/Makefile", "w") as file:
        file.write(f"all: {outputs}\n\t{'cat out/* > all' if shape == 'fan' else 'touch all'}\n")
        for index in range(count):
            sources = " ".join(reads(shape, index))
            file.write(f"out/{index}: {sources}\n\t{escaped(command(shape, index))}\n")


def write_ninja(folder, shape, count):
    with open(f"{folder}/build.ninja", "w") as file:
        file.write("rule make\n  command = $text\n")
        for index in range(count):
            sources = " ".join(reads(shape, index))
            text = escaped(command(shape, index))
            file.write(f"build out/{index}: make {sources}\n  text = {text}\n")
        outputs = " ".join(f"out/{index}" for index in range(count))
        last = "cat out/* > all" if shape == "fan" else "touch all"
        file.write(f"build all: make | {outputs}\n  text = {last}\n")


def clear(folder, names):
    """Moves files and folders out of the way; they are removed when all has been measured.

    ext4 without a journal passes by every file that was removed in the last minutes when it makes one,
    which takes longer than all the rest: whoever runs a pipeline for the first time has removed none.
    """
    aside = tempfile.mkdtemp(dir=os.path.dirname(folder))
    for name in names:
        path = f"{folder}/{name}"
        if os.path.exists(path):
            os.rename(path, f"{aside}/{name}")
    os.makedirs(f"{folder}/out", exist_ok=True)


def measure(tool, folder, runs):
    """Seconds by what was measured, and the memory of the largest process when there is nothing to do."""
    outputs = ["out", "all"]
    first = seconds(tool["run"], folder, max(1, runs // 2), lambda: clear(folder, outputs + tool["state"]))
    # The racy rule: what was digested right after it was written is looked at once more.
    time.sleep(0.1)
    seconds(tool["run"], folder, 1)
    nothing = seconds(tool["run"], folder, runs)
    memory = peak_memory(tool["run"], folder)
    return {
        "first": first, "nothing": nothing, "status": seconds(tool["status"], folder, runs),
        "restore": seconds(tool["run"], folder, runs, lambda: clear(folder, outputs)),
    }, memory


def measure_graph(tools, root, shape, count, runs):
    """Prints a table for one graph; gives pipe's seconds."""
    results, memory = {}, {}
    for name, tool in tools.items():
        folder = f"{root}/{name}-{shape}-{count}"
        write_sources(folder, shape, count)
        tool["write"](folder, shape, count)
        results[name], memory[name] = measure(tool, folder, runs)
    print(f"\n{shape}, {count} stages")
    print(f"{'':12}" + "".join(f"{name:>10}" for name in results) + "   pipe/best peer")
    for what in ["first", "nothing", "status", "restore"]:
        row = {name: result[what] for name, result in results.items()}
        peers = [value for name, value in row.items() if name != "pipe"]
        ratio = f"{row['pipe'] / min(peers):.2f}" if peers else "–"
        print(f"{what:12}" + "".join(f"{value:>10.3f}" for value in row.values()) + f"   {ratio}")
    print(f"{'memory, MB':12}" + "".join(f"{value:>10.0f}" for value in memory.values()), flush=True)
    return results["pipe"]


def print_growth(shape, before, after):
    """How many times longer the larger of two graphs takes."""
    (few, short), (many, long) = before, after
    ratios = "  ".join(f"{what} {long[what] / short[what]:.1f}" for what in long)
    print(f"{shape}: {many / few:.0f} times the stages take these times as long: {ratios}")


def measure_planning(pipe, root, runs):
    """100,000 branches in two stages, the second reading the first branch by branch."""
    folder = f"{root}/branches"
    os.makedirs(folder)
    stages = {
        "a": {"kind": "command", "map": {"i": {"from": 0, "count": 50_000}},
              "command": "echo $PIPE_AXIS_i > y", "outputs": {"y": "a/{i}"}},
        "b": {"kind": "command", "inputs": {"x": "a"}, "command": "cat $PIPE_INPUT_x > y",
              "outputs": {"y": "b/{i}"}}}
    with open(f"{folder}/pipeline.json", "w") as file:
        json.dump({"stages": stages}, file)
    print(f"\n100,000 branches: planned in {seconds([pipe, 'graph'], folder, runs):.3f} s, "
          f"{peak_memory([pipe, 'graph'], folder):.0f} MB")


def measure_large_file(pipe, root, runs):
    """One output of 500 MB: 4-byte floats like pixels of images, k/255, four of five of them zero.

    Zeros and others come in runs as in a scanned image. (Random bits in the others could not be stored
    in less than a fifth of the file; values with few significant bits are what images and tables have.)
    """
    folder = f"{root}/large"
    os.makedirs(folder)
    program = (
        "import random, struct\n"
        "values = [struct.pack('<f', k / 255) for k in range(256)]\n"
        "draw = random.Random(1)\n"
        "rows = [b''.join(draw.choices(values, k=40)) + bytes(640) for _ in range(25_000)]\n"
        "with open('floats', 'wb') as file:\n"
        "    for _ in range(25): file.write(b''.join(draw.sample(rows, len(rows))))\n")
    stages = {"large": {"kind": "command", "command": ["python3", "-c", program],
                        "outputs": {"floats": "floats"}}}
    with open(f"{folder}/pipeline.json", "w") as file:
        json.dump({"stages": stages}, file)
    first = seconds([pipe, "run"], folder, 1)
    time.sleep(0.1)
    restore = seconds([pipe, "run"], folder, runs, lambda: os.remove(f"{folder}/floats"))
    size = os.path.getsize(f"{folder}/floats") / 1e6
    objects = sum(os.path.getsize(f"{place}/{name}")
                  for place, _, names in os.walk(f"{folder}/cache/objects") for name in names) / 1e6
    print(f"{size:.0f} MB of floats, 80 % zeros: made and stored in {first:.2f} s, "
          f"{objects:.0f} MB in the cache, restored and verified in {restore:.2f} s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pipe", default=os.path.join(os.path.dirname(__file__), "../.build/release/pipe"))
    parser.add_argument("--stages", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--shapes", nargs="+", default=["apart", "fan", "chain", "two-before"])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    pipe = os.path.abspath(options.pipe)
    tools = {
        "pipe": {"run": [pipe, "run"], "status": [pipe, "status"], "state": ["cache"],
                 "write": write_pipeline},
        "make": {"run": ["make", "-s", "-j2", "all"], "status": ["make", "-s", "-n", "all"],
                 "state": [], "write": write_makefile},
        "ninja": {"run": ["ninja", "--quiet", "-j2", "all"], "status": ["ninja", "-n", "all"],
                  "state": [".ninja_log", ".ninja_deps"], "write": write_ninja},
    }
    for name in [name for name, tool in tools.items() if not shutil.which(tool["run"][0])]:
        print(f"{name} is not installed, so it is left out")
        del tools[name]
    with tempfile.TemporaryDirectory() as root:
        print(f"start: {seconds([pipe, '--version'], root, 20) * 1000:.1f} ms")
        for shape in options.shapes:
            before = None
            for count in options.stages:
                after = (count, measure_graph(tools, root, shape, count, options.runs))
                if before:
                    print_growth(shape, before, after)
                before = after
        measure_planning(pipe, root, options.runs)
        measure_large_file(pipe, root, options.runs)


if __name__ == "__main__":
    main()
