"""Trains the article's recipe in PyTorch and saves the weights as safetensors, without metadata.

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors
    venv/bin/python train_article.py --data MNIST_FOLDER --epochs 10,10,10 --seed 1 --output model.safetensors

Three phases with a new Adam each (learning rate 1e-3), batches of 128, images shuffled in every epoch.
The mean loss of each epoch goes to standard error. 10,10,10 epochs take a few minutes on two cores.
"""

import argparse
import math
import sys
import time
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from typed_autoencoder import TypedAutoencoder, optimizer_for, phase_losses, read_images


def train_phase(
    network: TypedAutoencoder, phase: int, epochs: int, images: Tensor, interpolation: str, batch_size: int
) -> None:
    """Trains `network` in place for `epochs` of `phase`."""
    optimizer = optimizer_for(network, phase, learning_rate=1e-3)
    for epoch in range(1, epochs + 1):
        start, total = time.monotonic(), 0.0
        for indices in torch.randperm(len(images)).split(batch_size):
            angles = torch.rand(len(indices), dtype=torch.float64) * 2 * math.pi
            loss = phase_losses(network, phase, images[indices], angles, interpolation)["total"]
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(indices)
        seconds = time.monotonic() - start
        print(f"phase {phase} epoch {epoch}/{epochs} loss {total / len(images):.5f} {seconds:.1f} s",
              file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains the article's typed autoencoder.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train-images-idx3-ubyte.gz")
    parser.add_argument("--epochs", default="25,20,20", help="epochs of the three phases")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--interpolation", choices=["bilinear", "nearest"], default="bilinear")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()

    torch.set_num_threads(2)
    torch.manual_seed(arguments.seed)
    images = read_images(arguments.data, "train")
    network = TypedAutoencoder()
    for phase, epochs in enumerate(map(int, arguments.epochs.split(",")), start=1):
        train_phase(network, phase, epochs, images, arguments.interpolation, batch_size=128)
    save_file(network.state_dict(), arguments.output)


if __name__ == "__main__":
    main()
