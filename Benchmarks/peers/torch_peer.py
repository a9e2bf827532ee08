#!/usr/bin/env python3
"""The job of job.py in PyTorch: batched matrix products, gradients written out, fused Adam.

Samples are the last axis of everything but the images, so that reductions over 10 classes and
products with 20 hidden units run along contiguous rows of `batch` numbers.
"""
from job import CLASSES, HIDDEN, PIXELS, glorot, main

# Measured on two cores with 512 KB of L2 cache each (Benchmarks/README.md).
GROUP = 10
CHUNK = 500
TOGETHER = 100  # networks evaluated at once


def load():
    import torch
    return TorchPeer, {"PyTorch": torch.__version__}


class TorchPeer:
    """Weights are four contiguous tensors with the models first:
    W1 [m, 20, 784], b1 [m, 20, 1], W2 [m, 10, 20], b2 [m, 10, 1]."""

    def __init__(self, job, data, generator):
        import torch
        self.torch, self.job = torch, job
        torch.set_num_threads(job.threads)
        torch.set_grad_enabled(False)
        torch.manual_seed(int(generator.integers(2 ** 31)))
        self.groups = job.groups(GROUP)
        self.pixels = torch.from_numpy(data.train_pixels.copy())
        self.train_x = self.pixels.float().div_(255)
        self.train_y = torch.from_numpy(data.train_labels.astype("int64"))
        self.test_x = torch.from_numpy(data.test_pixels.copy()).float().div_(255)
        self.test_y = torch.from_numpy(data.test_labels.astype("int64"))
        W1, W2 = (torch.from_numpy(values) for values in glorot(job.models, generator))
        self.weights = [W1, torch.zeros(job.models, HIDDEN, 1),
                        W2, torch.zeros(job.models, CLASSES, 1)]

    def prepare(self):
        torch, group = self.torch, self.groups[0]
        loop = TrainingLoop(self, [tensor.clone() for tensor in self.part(group)])
        for count in (self.job.batch, self.job.batch, len(self.train_x) % self.job.batch):
            loop.step(torch.arange(count).expand(len(group), -1))
        self.mean_losses(self.part(range(1)), self.test_x[:CHUNK], self.test_y[:CHUNK])

    def part(self, models):
        return [tensor[models.start:models.stop] for tensor in self.weights]

    def train(self):
        for group in self.groups:
            TrainingLoop(self, self.part(group)).run()

    def evaluate(self):
        train_loss, train_accuracy = self.mean_losses(self.weights, self.train_x, self.train_y)
        test_loss, test_accuracy = self.mean_losses(self.weights, self.test_x, self.test_y)
        return {"trainLoss": train_loss, "trainAccuracy": train_accuracy,
                "testLoss": test_loss, "testAccuracy": test_accuracy}

    def perturb(self):
        """The draws of several models at once."""
        torch, draws = self.torch, self.job.draws
        size = max(1, TOGETHER // draws)
        losses = []
        for first in range(0, self.job.models, size):
            moved = [
                torch.randn(len(w), draws, *w.shape[1:]).mul_(self.job.sigma).add_(w[:, None])
                .flatten(0, 1) for w in self.part(range(first, first + size))]
            loss, _ = self.mean_losses(moved, self.train_x, self.train_y)
            losses.append(loss.view(-1, draws))
        return torch.cat(losses)

    def mean_losses(self, weights, x, y):
        """Mean loss and accuracy of each of the networks on images [n, 784].

        The first layers of all networks are one matrix product [20·m, 784]·[784, chunk].
        """
        torch, (W1, b1, W2, b2) = self.torch, weights
        count = len(W1)
        W1, b1 = W1.view(count * HIDDEN, PIXELS), b1.view(-1, 1)
        losses = torch.zeros(count, dtype=torch.float64)
        correct = torch.zeros(count, dtype=torch.int64)
        for images, labels in zip(x.split(CHUNK), y.split(CHUNK)):
            h = torch.addmm(b1, W1, images.T).relu_()
            z = torch.baddbmm(b2, W2, h.reshape(count, HIDDEN, -1))
            target = z.gather(1, labels.expand(count, 1, -1))[:, 0]
            largest = z.amax(1)
            correct += (target == largest).sum(1)
            loss = z.sub_(largest[:, None]).exp_().sum(1).log_().add_(largest).sub_(target)
            losses += loss.sum(1, dtype=torch.float64)
        return losses / len(x), correct / len(x)


class TrainingLoop:
    """Adam on a group of g networks at once."""

    def __init__(self, peer, weights):
        torch = self.torch = peer.torch
        self.job, self.pixels, self.y = peer.job, peer.pixels, peer.train_y
        parameters = [torch.nn.Parameter(tensor) for tensor in weights]
        for parameter in parameters:
            parameter.grad = torch.zeros_like(parameter)
        self.weights = weights
        self.gradients = [parameter.grad for parameter in parameters]
        self.adam = torch.optim.Adam(
            parameters, lr=self.job.rate, betas=(self.job.beta1, self.job.beta2),
            eps=self.job.epsilon, fused=True)
        g, batch = len(weights[0]), self.job.batch
        self.bytes = torch.empty(g * batch, PIXELS, dtype=torch.uint8)
        self.images = torch.empty(g * batch, PIXELS)
        self.hidden = torch.empty(g, HIDDEN, batch)
        self.back = torch.empty(g, HIDDEN, batch)
        self.outputs = torch.empty(g, CLASSES, batch)

    def run(self):
        torch, n = self.torch, len(self.y)
        for _ in range(self.job.epochs):
            orders = torch.stack([torch.randperm(n) for _ in range(len(self.weights[0]))])
            for order in orders.split(self.job.batch, dim=1):
                self.step(order)

    def step(self, order):
        """One step of every network on its own images `order` [g, batch]."""
        torch = self.torch
        g, batch = order.shape
        (W1, b1, W2, b2), (dW1, db1, dW2, db2) = self.weights, self.gradients
        flat = order.reshape(-1)
        # Bytes are a quarter of the memory traffic; 1/255 goes to the hidden layer.
        pixels = torch.index_select(self.pixels, 0, flat, out=self.bytes[:len(flat)])
        x = self.images[:len(flat)].copy_(pixels).view(g, batch, PIXELS)
        y = self.y[flat].view(g, 1, batch)
        h, z, back = (buffer[:, :, :batch] for buffer in (self.hidden, self.outputs, self.back))

        torch.baddbmm(b1, W1, x.transpose(1, 2), alpha=1 / 255, out=h).relu_()
        torch.baddbmm(b2, W2, h, out=z)
        z = z.softmax(1)
        z.scatter_add_(1, y, z.new_full((1, 1, 1), -1).expand_as(y)).mul_(1 / batch)

        torch.bmm(z, h.transpose(1, 2), out=dW2)
        torch.sum(z, 2, keepdim=True, out=db2)
        torch.bmm(W2.transpose(1, 2), z, out=back).mul_(h > 0)
        torch.sum(back, 2, keepdim=True, out=db1)
        torch.bmm(back.mul_(1 / 255), x, out=dW1)
        self.adam.step()


if __name__ == "__main__":
    main(load, processes=2)
