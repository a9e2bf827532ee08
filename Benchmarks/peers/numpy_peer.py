#!/usr/bin/env python3
"""The job of job.py in NumPy: batched matrix products of OpenBLAS, in-place ufuncs, no allocation
in the training loop.

Samples are the last axis of everything but the images, so that reductions over 10 classes and
products with 20 hidden units run along contiguous rows of `batch` numbers.
"""
from job import CLASSES, HIDDEN, PARAMETERS, PIXELS, glorot, main

# Measured on two cores with 512 KB of L2 cache each (Benchmarks/README.md).
GROUP = 5
CHUNK = 500


def load():
    import numpy
    return NumPyPeer, {"NumPy": numpy.__version__}


class NumPyPeer:
    def __init__(self, job, data, generator):
        import numpy as np
        self.np, self.job, self.generator = np, job, generator
        self.groups = job.groups(GROUP)
        self.pixels = data.train_pixels
        self.train_x = data.train_pixels.astype(np.float32) / np.float32(255)
        self.train_y = data.train_labels.astype(np.intp)
        self.test_x = data.test_pixels.astype(np.float32) / np.float32(255)
        self.test_y = data.test_labels.astype(np.intp)
        self.weights = np.zeros((job.models, PARAMETERS), np.float32)
        W1, _, W2, _ = views(self.weights)
        W1[:], W2[:] = glorot(job.models, generator)

    def prepare(self):
        """Nothing is compiled; touches the libraries once."""
        loop = TrainingLoop(self, self.weights[:1].copy())
        loop.step(self.np.arange(self.job.batch)[None])
        self.mean_losses(self.weights[:1], self.test_x[:CHUNK], self.test_y[:CHUNK])

    def train(self):
        for group in self.groups:
            TrainingLoop(self, self.weights[group.start:group.stop]).run()

    def evaluate(self):
        train_loss, train_accuracy = self.mean_losses(self.weights, self.train_x, self.train_y)
        test_loss, test_accuracy = self.mean_losses(self.weights, self.test_x, self.test_y)
        return {"trainLoss": train_loss, "trainAccuracy": train_accuracy,
                "testLoss": test_loss, "testAccuracy": test_accuracy}

    def perturb(self):
        """The draws of all models of a group at once."""
        losses = self.np.empty((self.job.models, self.job.draws))
        size = max(1, self.job.draws)
        models_at_once = max(1, 100 // size)
        for first in range(0, self.job.models, models_at_once):
            base = self.weights[first:first + models_at_once, None]
            moved = self.generator.standard_normal(
                (base.shape[0], size, PARAMETERS), self.np.float32)
            moved *= self.np.float32(self.job.sigma)
            moved += base
            loss, _ = self.mean_losses(
                moved.reshape(-1, PARAMETERS), self.train_x, self.train_y)
            losses[first:first + models_at_once] = loss.reshape(-1, size)
        return losses

    def mean_losses(self, weights, x, y):
        """Mean loss and accuracy of each of the networks [m, PARAMETERS] on images [n, 784].

        The first layers of all networks are one matrix product [20·m, 784]·[784, chunk].
        """
        np = self.np
        count = len(weights)
        W1, b1, W2, b2 = views(weights)
        W1 = np.ascontiguousarray(W1).reshape(count * HIDDEN, PIXELS)
        b1 = np.ascontiguousarray(b1).reshape(-1, 1)
        W2, b2 = np.ascontiguousarray(W2), np.ascontiguousarray(b2)[:, :, None]
        losses, correct = np.zeros(count), np.zeros(count, np.int64)
        hidden = np.empty((count * HIDDEN, CHUNK), np.float32)
        outputs = np.empty((count, CLASSES, CHUNK), np.float32)
        for first in range(0, len(x), CHUNK):
            images, labels = x[first:first + CHUNK], y[first:first + CHUNK]
            h, z = hidden[:, :len(images)], outputs[:, :, :len(images)]
            np.matmul(W1, images.T, out=h)
            h += b1
            np.maximum(h, 0, out=h)
            np.matmul(W2, h.reshape(count, HIDDEN, -1), out=z)
            z += b2
            target = z[:, labels, np.arange(len(images))]
            largest = z.max(axis=1)
            correct += np.count_nonzero(target == largest, axis=1)
            z -= largest[:, None]
            np.exp(z, out=z)
            loss = np.log(z.sum(axis=1))
            loss += largest
            loss -= target
            losses += loss.sum(axis=1, dtype=np.float64)
        return losses / len(x), correct / len(x)


class TrainingLoop:
    """Adam on a group of g networks at once, every buffer allocated before the first step.

    The moments are kept without their factors 1 − β, which the step size takes up: two passes less
    over [g, PARAMETERS] in each step.
    """

    def __init__(self, peer, weights):
        np = self.np = peer.np
        self.job, self.generator = peer.job, peer.generator
        self.pixels, self.y = peer.pixels, peer.train_y
        self.weights = weights
        g, batch = len(weights), self.job.batch
        self.gradient, self.first, self.second, self.scratch = (
            np.zeros_like(weights) for _ in range(4))
        self.bytes = np.empty((g * batch, PIXELS), np.uint8)
        self.images = np.empty((g * batch, PIXELS), np.float32)
        self.labels = np.empty(g * batch, np.intp)
        self.hidden, self.back = (np.empty((g, HIDDEN, batch), np.float32) for _ in range(2))
        self.outputs = np.empty((g, CLASSES, batch), np.float32)
        self.reduced = np.empty((g, 1, batch), np.float32)
        self.steps = 0

    def run(self):
        np, n, batch = self.np, len(self.y), self.job.batch
        orders = np.tile(np.arange(n), (len(self.weights), 1))
        for _ in range(self.job.epochs):
            self.generator.permuted(orders, axis=1, out=orders)
            for first in range(0, n, batch):
                self.step(orders[:, first:first + batch])

    def step(self, order):
        """One step of every network on its own images `order` [g, batch]."""
        self.backward(order)
        self.adam()

    def backward(self, order):
        """The gradient of the mean loss, into `self.gradient`.

        Images are fetched as bytes, a quarter of the memory traffic; 1/255 goes to the few numbers
        of the hidden layer.
        """
        np = self.np
        g, batch = order.shape
        W1, b1, W2, b2 = views(self.weights)
        dW1, db1, dW2, db2 = views(self.gradient)
        flat = order.reshape(-1)
        pixels = np.take(self.pixels, flat, axis=0, out=self.bytes[:len(flat)], mode="clip")
        x = self.images[:len(flat)]
        np.copyto(x, pixels)
        x = x.reshape(g, batch, PIXELS)
        y = np.take(self.y, flat, out=self.labels[:len(flat)], mode="clip")
        h, back = self.hidden[:, :, :batch], self.back[:, :, :batch]
        z, reduced = self.outputs[:, :, :batch], self.reduced[:, :, :batch]

        np.matmul(W1, x.transpose(0, 2, 1), out=h)
        h *= np.float32(1 / 255)
        h += b1[:, :, None]
        np.maximum(h, 0, out=h)
        np.matmul(W2, h, out=z)
        z += b2[:, :, None]
        # Softmax less the one-hot labels, over the size of the batch.
        z -= np.max(z, axis=1, keepdims=True, out=reduced)
        np.exp(z, out=z)
        np.sum(z, axis=1, keepdims=True, out=reduced)
        reduced *= batch
        z /= reduced
        z[np.arange(g)[:, None], y.reshape(g, batch), np.arange(batch)] -= np.float32(1 / batch)

        np.matmul(z, h.transpose(0, 2, 1), out=dW2)
        np.sum(z, axis=2, out=db2)
        np.matmul(W2.transpose(0, 2, 1), z, out=back)
        back *= h > 0
        np.sum(back, axis=2, out=db1)
        back *= np.float32(1 / 255)
        np.matmul(back, x, out=dW1)

    def adam(self):
        np, job = self.np, self.job
        self.steps += 1
        root = (1 - job.beta2) ** 0.5
        rate = (job.rate * (1 - job.beta1) / root * (1 - job.beta2 ** self.steps) ** 0.5
                / (1 - job.beta1 ** self.steps))
        self.first *= np.float32(job.beta1)
        self.first += self.gradient
        self.second *= np.float32(job.beta2)
        np.multiply(self.gradient, self.gradient, out=self.scratch)
        self.second += self.scratch
        np.sqrt(self.second, out=self.scratch)
        self.scratch += np.float32(job.epsilon / root)
        np.divide(self.first, self.scratch, out=self.scratch)
        self.scratch *= np.float32(rate)
        self.weights -= self.scratch


def views(parameters):
    """W1 [m, 20, 784], b1 [m, 20], W2 [m, 10, 20], b2 [m, 10] of parameters [m, PARAMETERS]."""
    m = len(parameters)
    ends = [PIXELS * HIDDEN, PIXELS * HIDDEN + HIDDEN, PIXELS * HIDDEN + HIDDEN + CLASSES * HIDDEN]
    return (parameters[:, :ends[0]].reshape(m, HIDDEN, PIXELS), parameters[:, ends[0]:ends[1]],
            parameters[:, ends[1]:ends[2]].reshape(m, CLASSES, HIDDEN), parameters[:, ends[2]:])


if __name__ == "__main__":
    main(load, processes=2)
