#!/usr/bin/env python3
"""The job of job.py in JAX: `vmap` over the models of a group, `scan` over steps and epochs, so that
the training of a group is one compiled program; everything is compiled ahead, with donated weights.
"""
import os

from job import CLASSES, HIDDEN, PIXELS, glorot, main

# Measured on two cores with 512 KB of L2 cache each (Benchmarks/README.md).
GROUP = 5
CHUNK = 500
TOGETHER = 100  # networks evaluated at once


def load():
    many = int(os.environ.get("OMP_NUM_THREADS", "1")) > 1
    os.environ["XLA_FLAGS"] = f"--xla_cpu_multi_thread_eigen={str(many).lower()}"
    os.environ["JAX_PLATFORMS"] = "cpu"
    import jax
    import jaxlib
    return JaxPeer, {"JAX": jax.__version__, "jaxlib": jaxlib.__version__}


class JaxPeer:
    """Weights are a dictionary of arrays with the models first: W1 [m, 784, 20], b1 [m, 20],
    W2 [m, 20, 10], b2 [m, 10]. Images stay bytes and become floats where they are used."""

    def __init__(self, job, data, generator):
        import jax
        import jax.numpy as jnp
        self.jax, self.jnp, self.job = jax, jnp, job
        self.groups = job.groups(GROUP)
        self.train_set = jnp.asarray(data.train_pixels), jnp.asarray(data.train_labels, "int32")
        self.test_set = jnp.asarray(data.test_pixels), jnp.asarray(data.test_labels, "int32")
        W1, W2 = glorot(job.models, generator)
        self.weights = {
            "W1": jnp.asarray(W1.swapaxes(1, 2)), "b1": jnp.zeros((job.models, HIDDEN)),
            "W2": jnp.asarray(W2.swapaxes(1, 2)), "b2": jnp.zeros((job.models, CLASSES))}
        self.keys = iter(jax.random.split(jax.random.key(int(generator.integers(2 ** 31))),
                                          len(self.groups) + job.models))

    def prepare(self):
        """Compiles every program for the shapes that it will meet."""
        key, job = self.jax.random.key(0), self.job
        self.trainers, self.perturbers = {}, {}
        for group in self.groups:
            if len(group) not in self.trainers:
                self.trainers[len(group)] = self.jax.jit(
                    lambda w, key, x, y: trained(job, w, key, x, y), donate_argnums=0
                ).lower(self.part(group), key, *self.train_set).compile()
        for part in self.parts():
            if len(part) not in self.perturbers:
                self.perturbers[len(part)] = self.jax.jit(
                    lambda w, key, x, y: perturbed_losses(job, w, key, x, y)
                ).lower(self.part(part), key, *self.train_set).compile()
        self.evaluators = [
            self.jax.jit(mean_losses).lower(self.weights, *images).compile()
            for images in (self.train_set, self.test_set)]

    def train(self):
        trained = [self.trainers[len(group)](self.part(group), next(self.keys), *self.train_set)
                   for group in self.groups]
        self.weights = self.jax.tree.map(lambda *a: self.jnp.concatenate(a), *trained)
        self.jax.block_until_ready(self.weights)

    def evaluate(self):
        (train_loss, train_accuracy), (test_loss, test_accuracy) = (
            evaluator(self.weights, *images)
            for evaluator, images in zip(self.evaluators, (self.train_set, self.test_set)))
        return self.jax.block_until_ready({
            "trainLoss": train_loss, "trainAccuracy": train_accuracy,
            "testLoss": test_loss, "testAccuracy": test_accuracy})

    def perturb(self):
        losses = [self.perturbers[len(part)](self.part(part), next(self.keys), *self.train_set)
                  for part in self.parts()]
        return self.jax.block_until_ready(self.jnp.concatenate(losses))

    def parts(self):
        """Ranges of models whose draws are evaluated together."""
        size = max(1, TOGETHER // self.job.draws)
        return [range(first, min(first + size, self.job.models))
                for first in range(0, self.job.models, size)]

    def part(self, models):
        return self.jax.tree.map(lambda a: a[models.start:models.stop], self.weights)


def floats(pixels):
    import jax.numpy as jnp
    return pixels.astype(jnp.float32) * (1 / 255)


def trained(job, weights, key, pixels, labels):
    """Adam on a group of networks; every model has its own order of the images in each epoch."""
    import jax
    import jax.numpy as jnp
    from jax import lax
    tree_map = jax.tree.map
    n, models = len(labels), len(weights["b1"])
    full = n // job.batch

    def loss(w, x, y):
        h = jax.nn.relu(x @ w["W1"] + w["b1"])
        z = h @ w["W2"] + w["b2"]
        target = jnp.sum(z * jax.nn.one_hot(y, CLASSES, dtype=z.dtype), axis=1)
        return jnp.mean(jax.nn.logsumexp(z, axis=1) - target)

    def step(state, order):
        """One step of every network on its own images `order` [models, batch]."""
        w, m, v, t = state
        t = t + 1
        x = floats(jnp.take(pixels, order, axis=0, mode="clip"))
        y = jnp.take(labels, order, mode="clip")
        g = jax.vmap(jax.grad(loss))(w, x, y)
        rate = job.rate * jnp.sqrt(1 - job.beta2 ** t) / (1 - job.beta1 ** t)
        m = tree_map(lambda m, g: job.beta1 * m + (1 - job.beta1) * g, m, g)
        v = tree_map(lambda v, g: job.beta2 * v + (1 - job.beta2) * g * g, v, g)
        w = tree_map(lambda w, m, v: w - rate * m / (jnp.sqrt(v) + job.epsilon), w, m, v)
        return (w, m, v, t), None

    def epoch(state, key):
        orders = jax.vmap(lambda key: jax.random.permutation(key, n))(
            jax.random.split(key, models))
        batches = orders[:, :full * job.batch].reshape(models, full, job.batch).swapaxes(0, 1)
        state, _ = lax.scan(step, state, batches)
        if n % job.batch:
            state, _ = step(state, orders[:, full * job.batch:])
        return state, None

    zeros = tree_map(jnp.zeros_like, weights)
    state = (weights, zeros, zeros, jnp.float32(0))
    (result, *_), _ = lax.scan(epoch, state, jax.random.split(key, job.epochs))
    return result


def mean_losses(weights, pixels, labels):
    """Mean loss and accuracy of each network; the first layers are one product for all of them."""
    import jax
    import jax.numpy as jnp
    from jax import lax
    models = len(weights["b1"])
    W1 = weights["W1"].swapaxes(0, 1).reshape(PIXELS, models * HIDDEN)

    def chunk(sums, images):
        x, y = images
        h = jax.nn.relu(floats(x) @ W1 + weights["b1"].reshape(-1))
        z = jnp.einsum("cmh,mhk->mkc", h.reshape(-1, models, HIDDEN), weights["W2"])
        z = z + weights["b2"][:, :, None]
        largest = z.max(axis=1)
        target = jnp.sum(z * jax.nn.one_hot(y, CLASSES, axis=0, dtype=z.dtype), axis=1)
        loss = jnp.log(jnp.sum(jnp.exp(z - largest[:, None]), axis=1)) + largest - target
        return (sums[0] + loss.sum(axis=1), sums[1] + (target == largest).sum(axis=1)), None

    chunks = (pixels.reshape(-1, CHUNK, PIXELS), labels.reshape(-1, CHUNK))
    (losses, correct), _ = lax.scan(
        chunk, (jnp.zeros(models), jnp.zeros(models, jnp.int32)), chunks)
    return losses / len(labels), correct / len(labels)


def perturbed_losses(job, weights, key, pixels, labels):
    """Mean losses [models, draws] after normal noise of standard deviation sigma."""
    import jax
    leaves, structure = jax.tree.flatten(weights)

    def moved(w, key):
        noise = jax.random.normal(key, (len(w), job.draws, *w.shape[1:]))
        return (w[:, None] + job.sigma * noise).reshape(-1, *w.shape[1:])
    many = jax.tree.unflatten(structure, [
        moved(w, key) for w, key in zip(leaves, jax.random.split(key, len(leaves)))])
    losses, _ = mean_losses(many, pixels, labels)
    return losses.reshape(-1, job.draws)


if __name__ == "__main__":
    main(load, processes=2)
