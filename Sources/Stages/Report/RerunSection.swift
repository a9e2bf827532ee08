/// How a reader makes this report again, or a different one.
enum RerunSection {
  static let markdown = """
    ## Run it again

    Nothing in this report depends on a clock, a machine or the number of threads: the same \
    configuration gives these bytes again, and version control shows if it did not.

    ```sh
    make run                     # a fresh machine: packages, build, the whole pipeline, this folder
    pipe run                     # afterwards: only what has no valid result yet
    pipe invalidate perturb      # forget the draws: the next run makes them again, and if
                                 # they are the same bytes, nothing after them runs
    pipe run --dry-run           # what would run, and nothing else
    pipe why report              # why it would, or would not
    ```

    Change one thing and look at the same report for it:

    ```sh
    pipe run --set perturb.sigma=0.001     # smaller steps: only draws, analysis and report are new
    pipe run --set perturb.draws=100       # less noise in the sharpness
    pipe run --set train.batchNorm=true    # other networks: everything but the data set is new
    ```

    The networks leave the cache in standard formats: `pipe export` writes their weights as \
    safetensors, which Python, JAX and PyTorch read, and every table as CSV; `pipe show` prints \
    what there is.
    """
}
