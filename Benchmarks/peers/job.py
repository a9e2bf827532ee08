"""The job that all peers do, and how its parts are timed.

Train `models` networks of one hidden layer on MNIST, each from its own weights and with its own
order of the images in every epoch; evaluate each on the training and the test images; move the
weights of each `draws` times by normal noise of standard deviation `sigma` and take the mean loss
on the training images again. Everything is float32; only sums of losses are float64.

A peer is a class with

    __init__(job, data, generator)   data: Data; generator: numpy.random.Generator, seeds whatever
                                     random numbers the peer uses
    prepare()                        compiles and warms up, changes nothing that lasts
    train()                          all models of this process
    evaluate() -> {"trainLoss", "testLoss", "trainAccuracy", "testAccuracy"}: [models] each
    perturb() -> [models, draws]     mean losses on the training images

`main(Peer, ...)` runs it: in one process with all cores, or in one process a core, each with a part
of the models. Reading the data, imports and `prepare` are not part of the time of the job, which
runs from the moment when all processes are ready until the last of them is done.
"""
import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

HIDDEN, CLASSES, PIXELS = 20, 10, 784
PARAMETERS = (PIXELS + 1) * HIDDEN + (HIDDEN + 1) * CLASSES
FILES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte",
         "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# These make OpenBLAS choose code for another processor than the one it runs on.
MISLEADING_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


@dataclass
class Job:
    models: int = 100
    epochs: int = 12
    draws: int = 20
    sigma: float = 0.01
    batch: int = 128
    rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    group: int = 0      # models of one batched step; 0: what the peer found fastest
    threads: int = 1    # of this process

    def groups(self, fastest):
        """Ranges of models that are computed together."""
        size = min(self.group or fastest, self.models)
        return [range(first, min(first + size, self.models))
                for first in range(0, self.models, size)]


class Data:
    """Images as bytes [n, 784] and labels [n] of both sets."""

    def __init__(self, folder):
        import numpy as np

        def read(name, header):
            return np.fromfile(os.path.join(folder, name), np.uint8)[header:]
        self.train_pixels = read(FILES[0], 16).reshape(-1, PIXELS)
        self.train_labels = read(FILES[1], 8)
        self.test_pixels = read(FILES[2], 16).reshape(-1, PIXELS)
        self.test_labels = read(FILES[3], 8)


def glorot(count, generator):
    """First weights of `count` networks: W1 [count, 20, 784] and W2 [count, 10, 20]; biases are 0."""
    import numpy as np

    def uniform(outputs, inputs):
        bound = (6 / (inputs + outputs)) ** 0.5
        return generator.uniform(-bound, bound, (count, outputs, inputs)).astype(np.float32)
    return uniform(HIDDEN, PIXELS), uniform(CLASSES, HIDDEN)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", help="folder with the four uncompressed IDX files of MNIST")
    parser.add_argument("--models", type=int, default=Job.models)
    parser.add_argument("--epochs", type=int, default=Job.epochs)
    parser.add_argument("--draws", type=int, default=Job.draws)
    parser.add_argument("--group", type=int, default=0, help="models of one batched step")
    parser.add_argument("--processes", type=int, help="the models are divided among them")
    parser.add_argument("--threads", type=int, help="of each process")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    parser.add_argument("--share", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def main(load, processes):
    """Run a peer as the command line says.

    `load()` imports the framework and returns (class of the peer, versions); `processes` is what is
    fastest for it on two cores, one thread each or all threads in one.
    """
    options = arguments()
    cores = len(os.sched_getaffinity(0))
    options.processes = min(options.processes or min(processes, cores), options.models)
    options.threads = options.threads or max(1, cores // options.processes)
    if options.share is not None:
        child(options, load)
    else:
        report(options, parent(options))


def child(options, load):
    """One process: its share of the models. Says when it is ready, then waits for the word."""
    begin = time.perf_counter()
    Peer, versions = load()
    import numpy as np
    first, last = (options.models * (options.share + k) // options.processes for k in (0, 1))
    job = Job(models=last - first, epochs=options.epochs, draws=options.draws,
              group=options.group, threads=options.threads)
    peer = Peer(job, Data(options.folder), np.random.default_rng([options.seed, options.share]))
    imported = time.perf_counter()
    peer.prepare()
    result = {"start": imported - begin, "compile": time.perf_counter() - imported,
              "versions": versions, "libraries": libraries()}
    print("ready", flush=True)
    sys.stdin.readline()
    for name in ("train", "evaluate", "perturb"):
        begin, cpu = time.perf_counter(), time.process_time()
        value = getattr(peer, name)()
        result[name] = time.perf_counter() - begin
        result[name + "CPU"] = time.process_time() - cpu
        if name == "evaluate":
            result |= {key: np.asarray(column, float).tolist() for key, column in value.items()}
        if name == "perturb":
            result["perturbedLoss"] = np.asarray(value, float).tolist()
    result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(result), flush=True)


def libraries():
    """Which BLAS and OpenMP are loaded, for which processor and with how many threads."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return []
    return [f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')} "
            f"{pool['num_threads']} threads".replace("  ", " ") for pool in threadpool_info()]


def parent(options):
    """Start the processes, let them go together, and take the time until the last is done."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in MISLEADING_VARIABLES}
    environment |= {name: str(options.threads) for name in THREAD_VARIABLES}
    command = [sys.executable, *sys.argv, "--processes", str(options.processes),
               "--threads", str(options.threads)]
    children = [subprocess.Popen([*command, "--share", str(share)], env=environment, text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                for share in range(options.processes)]
    for process in children:
        while line := process.stdout.readline():
            if line == "ready\n":
                break
        else:
            sys.exit(f"a process of {sys.argv[0]} ended before its work")
    begin = time.perf_counter()
    for process in children:
        process.stdin.write("go\n")
        process.stdin.flush()
    results = [json.loads(process.stdout.readline()) for process in children]
    seconds = time.perf_counter() - begin
    if any(process.wait() for process in children):
        sys.exit(f"a process of {sys.argv[0]} failed")
    return combined(results) | {
        "name": os.path.basename(sys.argv[0]).removesuffix(".py"), "job": seconds,
        "processes": options.processes, "threads": options.threads, "models": options.models,
        "epochs": options.epochs, "draws": options.draws}


def combined(results):
    """One result of all processes: the slowest time, the sum of memory, the mean of all models."""
    def every(key):
        return [value for result in results for value in result[key]]

    whole = {key: max(result[key] for result in results)
             for key in ("start", "compile", "train", "evaluate", "perturb")}
    whole |= {key: sum(result[key] for result in results)
              for key in ("trainCPU", "evaluateCPU", "perturbCPU")}
    whole |= {key: statistics.mean(every(key))
              for key in ("trainLoss", "testLoss", "trainAccuracy", "testAccuracy")}
    losses = every("trainLoss")
    changes = [statistics.mean(row) - loss for row, loss in zip(every("perturbedLoss"), losses)]
    return whole | {
        "trainLossSpread": statistics.stdev(losses), "change": statistics.mean(changes),
        "changeSpread": statistics.stdev(changes),
        "memory": sum(result["memory"] for result in results),
        "versions": results[0]["versions"] | {"Python": platform.python_version()},
        "libraries": results[0]["libraries"]}


def report(options, result):
    if options.json:
        print(json.dumps(result))
        return
    print(f"{result['name']}: {', '.join(f'{k} {v}' for k, v in result['versions'].items())}; "
          f"{result['processes']} processes, {result['threads']} threads each")
    for library in result["libraries"]:
        print(f"  {library}")
    print(f"  not counted: start {result['start']:.1f} s, compile {result['compile']:.1f} s")
    print(f"  job {result['job']:.2f} s: train {result['train']:.2f}, "
          f"evaluate {result['evaluate']:.2f}, perturb {result['perturb']:.2f}; "
          f"{result['memory']:.0f} MB\n"
          f"  processor time: train {result['trainCPU']:.2f} s, "
          f"evaluate {result['evaluateCPU']:.2f}, perturb {result['perturbCPU']:.2f}")
    print(f"  training loss {result['trainLoss']:.4f} (SD {result['trainLossSpread']:.4f}), "
          f"test loss {result['testLoss']:.4f}, accuracies {result['trainAccuracy']:.4f} and "
          f"{result['testAccuracy']:.4f}, mean change of the loss {result['change']:.5f}")
