#!/usr/bin/env python3
"""Measure the engine from outside, next to make and ninja on the same graph.

usage: bench_engine.py [--pipe PATH] [--stages N ...] [--runs K]

For each number of stages: a fan of `sh` stages that each read one file and write one, and a last one
that reads them all. Prints medians of K runs in seconds, and the ratio to the fastest peer:

  start    `pipe --version`
  first    everything runs (make and ninja: -j 2)
  nothing  nothing to do
  status   `pipe status` (peers: a dry run)
  restore  all outputs deleted, then put back from the cache (peers have to run everything again)

Peers that are not installed are left out. Idle machines only: whatever else runs is measured too.
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


def write_sources(folder, count):
    os.makedirs(f"{folder}/in")
    os.makedirs(f"{folder}/out")
    for index in range(count):
        with open(f"{folder}/in/{index}", "w") as file:
            file.write(f"{index}\n")


def write_pipeline(folder, count):
    stages = {
        f"s{index}": {
            "kind": "command", "inputs": {"x": f"in/{index}"},
            "command": f"cat in/{index} > out/{index}", "outputs": {"y": f"out/{index}"}}
        for index in range(count)}
    stages["all"] = {
        "kind": "command", "inputs": {"parts": "out/*"}, "command": "cat out/* > all",
        "outputs": {"all": "all"}}
    with open(f"{folder}/pipeline.json", "w") as file:
        json.dump({"stages": stages}, file, indent=1)


def write_makefile(folder, count):
    outputs = " ".join(f"out/{index}" for index in range(count))
    with open(f"{folder}/Makefile", "w") as file:
        file.write(f"all: {outputs}\n\tcat out/* > all\n")
        for index in range(count):
            file.write(f"out/{index}: in/{index}\n\tcat in/{index} > out/{index}\n")


def write_ninja(folder, count):
    with open(f"{folder}/build.ninja", "w") as file:
        file.write("rule copy\n  command = cat $in > $out\n")
        file.write("rule collect\n  command = cat out/* > $out\n")
        for index in range(count):
            file.write(f"build out/{index}: copy in/{index}\n")
        outputs = " ".join(f"out/{index}" for index in range(count))
        file.write(f"build all: collect | {outputs}\n")


def clear(folder, names):
    for name in names:
        path = f"{folder}/{name}"
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.remove(path)
    os.makedirs(f"{folder}/out", exist_ok=True)


def measure(tool, folder, runs):
    """Seconds by what was measured, for one tool in a folder of its own."""
    outputs = ["out", "all"]
    first = seconds(tool["run"], folder, max(1, runs // 2), lambda: clear(folder, outputs + tool["state"]))
    # The racy rule: what was digested right after it was written is looked at once more.
    time.sleep(0.1)
    seconds(tool["run"], folder, 1)
    return {
        "first": first,
        "nothing": seconds(tool["run"], folder, runs),
        "status": seconds(tool["status"], folder, runs),
        "restore": seconds(tool["run"], folder, runs, lambda: clear(folder, outputs)),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pipe", default=os.path.join(os.path.dirname(__file__), "../.build/release/pipe"))
    parser.add_argument("--stages", type=int, nargs="+", default=[100, 1000, 10000])
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
    tools = {name: tool for name, tool in tools.items() if shutil.which(tool["run"][0])}
    with tempfile.TemporaryDirectory() as root:
        print(f"start: {seconds([pipe, '--version'], root, 20) * 1000:.1f} ms")
        for count in options.stages:
            results = {}
            for name, tool in tools.items():
                folder = f"{root}/{name}-{count}"
                write_sources(folder, count)
                tool["write"](folder, count)
                results[name] = measure(tool, folder, options.runs)
            print(f"\n{count} stages (peak memory of pipe, nothing to do: "
                  f"{peak_memory([pipe, 'run'], f'{root}/pipe-{count}'):.0f} MB)")
            print("          " + "".join(f"{name:>10}" for name in results) + "   pipe/best peer")
            for what in ["first", "nothing", "status", "restore"]:
                row = {name: result[what] for name, result in results.items()}
                peers = [value for name, value in row.items() if name != "pipe"]
                ratio = f"{row['pipe'] / min(peers):.2f}" if peers else "–"
                print(f"{what:10}" + "".join(f"{value:>10.3f}" for value in row.values()) + f"   {ratio}")


if __name__ == "__main__":
    main()
