#!/usr/bin/env python3
"""Run the kernel, the pipeline and the peers in turn on the same job, and compare their times.

usage: compare.py DATA [--rounds N] [--models N] [--epochs N] [--draws N] [--peers A,B]

DATA   a folder with the four uncompressed IDX files of MNIST

A round is: kernel, NumPy, kernel, JAX, kernel, PyTorch, kernel, pipeline. Prints medians over the rounds.
Ratios are medians of pairs: each peer with the run of the kernel just before it, the pipeline with
that just before it, too, since a machine can change its speed within minutes.
Times of kernel and peers are of the job alone: images are read, programs started and compiled
before. The time of the pipeline is that of `pipe run` in an empty folder with an empty cache, from
its start to its end, less the stage that fetches the images. Ends with status 1 when a peer's
losses are not those of the kernel.
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
KERNEL = os.path.join(ROOT, ".build/release/kernel-bench")
PIPE = os.path.join(ROOT, ".build/release/pipe")
PARTS = ("train", "evaluate", "perturb")
# Chance alone puts two means this many standard errors apart once in 16,000 times.
STANDARD_ERRORS = 4


def measured(command, folder=None):
    """Output, wall seconds, processor seconds and megabytes of the largest process."""
    with tempfile.TemporaryFile("w+") as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{errors.read()[-2000:]}")
    return output, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def sizes(options):
    return [word for name in ("models", "epochs", "draws")
            for word in (f"--{name}", str(getattr(options, name)))]


def kernel(options):
    output, _, cpu, memory = measured(
        [KERNEL, options.data, "job", *sizes(options), "--threads", str(cores())])
    return json.loads(output) | {"memory": memory, "cpu": cpu}


def given(options):
    """How many cores the machine gives just now: two may be two halves of one."""
    return float(measured([KERNEL, options.data, "cores"])[0])


def peer(name, options):
    output, *_ = measured(
        [sys.executable, os.path.join(HERE, f"{name}_peer.py"), options.data, "--json",
         *sizes(options)])
    result = json.loads(output)
    return result | {"cpu": sum(result[part + "CPU"] for part in PARTS)}


def pipeline(options):
    """`pipe run` of the default pipeline, at these sizes, in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(ROOT, "pipeline.json")) as file:
            manifest = json.load(file)
        stages = manifest["stages"]
        del manifest["$schema"]
        stages["mnist"]["params"]["sources"] = [f"file:{os.path.abspath(options.data)}"]
        stages["train"]["map"]["model"]["count"] = options.models
        stages["train"]["params"]["epochs"] = options.epochs
        stages["perturb"]["params"]["draws"] = options.draws
        with open(os.path.join(folder, "pipeline.json"), "w") as file:
            json.dump(manifest, file)
        measured([PIPE, "run", "mnist"], folder)
        _, seconds, cpu, memory = measured([PIPE, "run"], folder)
        return {"job": seconds, "cpu": cpu, "memory": memory}


def cores():
    return len(os.sched_getaffinity(0))


def processor():
    with open("/proc/cpuinfo") as file:
        return next((line.split(":")[1].strip() for line in file if "model name" in line), "?")


def medians(results):
    """The median of every number, the last value of everything else."""
    return results[-1] | {
        key: statistics.median(result[key] for result in results)
        for key, value in results[-1].items() if isinstance(value, (int, float))}


def disagreement(result, ours):
    """How far a peer's mean losses are from the kernel's, in standard errors of their difference.

    Both means are of as many models, each with random numbers of its own.
    """
    spreads = {"trainLoss": "trainLossSpread", "testLoss": "trainLossSpread",
               "change": "changeSpread"}
    return max(
        abs(result[key] - ours[key]) / (ours[spread] * (2 / ours["models"]) ** 0.5)
        for key, spread in spreads.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("data")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--models", type=int, default=100)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--peers", default="numpy,jax,torch")
    options = parser.parse_args()
    peers = options.peers.split(",")
    print(f"{processor()}, {cores()} cores, {platform.system()} {platform.machine()}; load "
          f"{os.getloadavg()[0]:.1f} at the start\n{options.models} models, "
          f"{options.epochs} epochs, {options.draws} draws; {options.rounds} rounds", flush=True)

    results = {name: [] for name in ("kernel", *peers, "pipe run")}

    def add(name, result):
        results[name].append(result | {
            key + "Ratio": result[key] / results["kernel"][-1][key] for key in ("job", "cpu")})

    programs = {name: lambda name=name: peer(name, options) for name in peers}
    programs["pipe run"] = lambda: pipeline(options)
    for number in range(options.rounds):
        for name, program in programs.items():
            machine = [given(options)]
            results["kernel"].append(kernel(options))
            machine.append(given(options))
            add(name, program())
            machine.append(given(options))
            print(f"  round {number + 1}: kernel {results['kernel'][-1]['job']:.1f} s, "
                  f"{name} {results[name][-1]['job']:.1f} s, cores before, between and after "
                  f"{', '.join(f'{cores:.2f}' for cores in machine)}", flush=True)
    sys.exit(report({name: medians(rows) for name, rows in results.items()}, peers))


def report(results, peers):
    """Print the tables; 1 when a peer has not done the same work."""
    ours = results["kernel"]
    print(f"\n{'medians':10}{'job s':>9}{'train':>9}{'evaluate':>9}{'perturb':>9}{'CPU s':>9}"
          f"{'MB':>7}{'of kernel':>11}")
    for name, result in results.items():
        parts = "".join(f"{result[part]:9.2f}" if part in result else " " * 9 for part in PARTS)
        print(f"{name:10}{result['job']:9.2f}{parts}{result['cpu']:9.1f}{result['memory']:7.0f}"
              f"{result.get('jobRatio', 1):11.2f}")
    print(f"\nkernel: instruction set {ours['instructionSet']}, {ours['threads']:.0f} threads; "
          f"groups and tiles of images {ours['prepare']:.2f} s of the job")
    for name in peers:
        result = results[name]
        versions = ", ".join(f"{key} {value}" for key, value in result["versions"].items())
        print(f"{name}: {versions}; {result['processes']:.0f} processes of "
              f"{result['threads']:.0f} threads; not counted: start {result['start']:.1f} s, "
              f"compile {result['compile']:.1f} s; {'; '.join(result['libraries'])}")

    print(f"\n{'the same?':10}{'train loss':>12}{'test loss':>12}{'train acc':>12}{'test acc':>12}"
          f"{'change':>12}{'off by SE':>12}")
    status = 0
    for name in ("kernel", *peers):
        result = results[name]
        off = disagreement(result, ours)
        print(f"{name:10}" + "".join(f"{result[key]:12.5f}" for key in (
            "trainLoss", "testLoss", "trainAccuracy", "testAccuracy", "change")) + f"{off:12.1f}")
        if off > STANDARD_ERRORS:
            print(f"error: the losses of {name} are not those of the kernel")
            status = 1
    fastest = min(peers, key=lambda name: results[name]["jobRatio"])
    pipe = results["pipe run"]
    print(f"\nfastest peer ({fastest}) / kernel: {results[fastest]['jobRatio']:.2f}"
          f"\nfastest peer ({fastest}) / pipe run: "
          f"{results[fastest]['jobRatio'] / pipe['jobRatio']:.2f}"
          f"\npipe run / kernel: {pipe['jobRatio']:.3f}, "
          f"processor time {pipe['cpuRatio']:.3f}")
    return status


if __name__ == "__main__":
    main()
