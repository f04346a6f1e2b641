"""Times the article's recipe in JAX: one compiled scan over all batches of an epoch's part.

    python3 -m venv venv && venv/bin/pip install 'jax[cpu]' numpy
    venv/bin/python article_in_jax.py --data MNIST_FOLDER [--epochs 25 20 20] [--threads 2]

It prints one JSON object: images per second of each phase, and of all phases together. Images stay bytes in memory.
Compilation is not counted. The number of threads is limited by the processors that the process may use.
"""

import argparse
import gzip
import json
import math
import os
import time
from pathlib import Path

BATCH = 128
SIDE = 28
PIXELS = SIDE * SIDE
# Layers by name: inputs and outputs, as in `typed_autoencoder.py`.
LAYERS = {
    "encoder.0": (PIXELS, 256), "encoder.2": (256, 128), "head_rot": (128, 2), "head_latent": (128, 5),
    "decoder.0": (7, 128), "decoder.2": (128, 256), "decoder.4": (256, PIXELS),
}
LEARNING = {
    1: ["encoder.0", "encoder.2", "head_latent", "decoder.0", "decoder.2", "decoder.4"],
    2: ["decoder.0", "decoder.2", "decoder.4"],
    3: ["encoder.0", "encoder.2", "head_rot", "head_latent"],
}


def limit_threads(count: int) -> None:
    """Restricts the process to `count` processors, before JAX starts its threads."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


def measure(images_folder: Path, epochs: list[int]) -> dict[str, float]:
    """Trains the three phases; images per second of each phase and of all."""
    import jax
    import jax.numpy as jnp
    import numpy

    path = images_folder / "train-images-idx3-ubyte.gz"
    pixels = numpy.frombuffer(gzip.decompress(path.read_bytes()), numpy.uint8, offset=16)
    images = jnp.asarray(pixels.reshape(-1, PIXELS))

    def dense(parameters, name, x):
        weight, bias = parameters[name]
        return x @ weight + bias

    def encode(parameters, x):
        features = jax.nn.relu(dense(parameters, "encoder.0", x))
        features = jax.nn.relu(dense(parameters, "encoder.2", features))
        raw = dense(parameters, "head_rot", features)
        code = raw / jnp.maximum(jnp.linalg.norm(raw, axis=-1, keepdims=True), 1e-12)
        return code, dense(parameters, "head_latent", features)

    def decode(parameters, code, latent):
        hidden = jax.nn.relu(dense(parameters, "decoder.0", jnp.concatenate([code, latent], axis=-1)))
        hidden = jax.nn.relu(dense(parameters, "decoder.2", hidden))
        return jax.nn.sigmoid(dense(parameters, "decoder.4", hidden))

    centre = (SIDE - 1) / 2
    along = jnp.arange(SIDE, dtype=jnp.float32) - centre
    grid_x, grid_y = jnp.tile(along, SIDE), jnp.repeat(along, SIDE)
    border, stride = 2, SIDE + 4

    def turn(x, angles):
        """Turns each image by its angle, bilinearly, zeros outside."""
        cosine, sine = jnp.cos(angles)[:, None], jnp.sin(angles)[:, None]
        columns = jnp.clip(cosine * grid_x - sine * grid_y + centre, -1, SIDE)
        rows = jnp.clip(sine * grid_x + cosine * grid_y + centre, -1, SIDE)
        padded = jnp.pad(x.reshape(-1, SIDE, SIDE), [(0, 0), (border, border), (border, border)])
        padded = padded.reshape(len(x), -1)
        left, top = jnp.floor(columns), jnp.floor(rows)
        first = ((top + border) * stride + left + border).astype(jnp.int32)

        def at(offset):
            return jnp.take_along_axis(padded, first + offset, axis=1)

        right, bottom = columns - left, rows - top
        upper = at(0) + right * (at(1) - at(0))
        lower = at(stride) + right * (at(stride + 1) - at(stride))
        return upper + bottom * (lower - upper)

    def loss(learning, frozen, phase, x, angles):
        parameters = {**frozen, **learning}
        if phase == 1:
            code = jnp.broadcast_to(jnp.array([1.0, 0.0]), (len(x), 2))
            return jnp.mean((decode(parameters, code, encode(parameters, x)[1]) - x) ** 2)
        turned = turn(x, angles)
        truth = jnp.stack([jnp.cos(angles), jnp.sin(angles)], axis=1)
        if phase == 2:
            return jnp.mean((decode(parameters, truth, encode(frozen_all(parameters), x)[1]) - turned) ** 2)
        code, latent = encode(parameters, turned)
        return jnp.mean((decode(parameters, code, latent) - turned) ** 2) + jnp.mean((code - truth) ** 2)

    def frozen_all(parameters):
        return jax.tree.map(jax.lax.stop_gradient, parameters)

    def adam(learning, gradients, moments, step):
        first, second = moments
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
        size = 1e-3 / (1 - 0.9 ** step)
        root = 1 / jnp.sqrt(1 - 0.999 ** step)
        learning = jax.tree.map(
            lambda w, m, v: w - size * m / (jnp.sqrt(v) * root + 1e-8), learning, first, second)
        return learning, (first, second)

    def scan_of(phase):
        """One epoch: a scan over all batches of a permutation."""
        def epoch(learning, frozen, moments, step, key):
            order_key, angle_key = jax.random.split(key)
            count = len(images) // BATCH
            order = jax.random.permutation(order_key, len(images))[: count * BATCH].reshape(count, BATCH)
            angles = jax.random.uniform(angle_key, (count, BATCH), maxval=2 * math.pi)

            def batch(state, selected):
                learning, moments, step = state
                indices, turns = selected
                x = images[indices].astype(jnp.float32) / 255
                gradients = jax.grad(loss)(learning, frozen, phase, x, turns)
                learning, moments = adam(learning, gradients, moments, step + 1)
                return (learning, moments, step + 1), None

            state, _ = jax.lax.scan(batch, (learning, moments, step), (order, angles))
            return state

        return jax.jit(epoch, donate_argnums=(0, 2))

    key = jax.random.PRNGKey(1)
    parameters = {}
    for name, (inputs, outputs) in LAYERS.items():
        key, weight_key, bias_key = jax.random.split(key, 3)
        bound = inputs ** -0.5
        parameters[name] = (
            jax.random.uniform(weight_key, (inputs, outputs), minval=-bound, maxval=bound),
            jax.random.uniform(bias_key, (outputs,), minval=-bound, maxval=bound))
    speeds, total_images, total_seconds = {}, 0, 0.0
    for phase, epoch_count in zip(LEARNING, epochs):
        run = scan_of(phase)
        learning = {name: parameters[name] for name in LEARNING[phase]}
        frozen = {name: parameters[name] for name in parameters if name not in learning}

        def zeros():
            return (jax.tree.map(jnp.zeros_like, learning), jax.tree.map(jnp.zeros_like, learning))

        # The first call compiles; its results are dropped.
        copies = jax.tree.map(jnp.copy, learning)
        jax.block_until_ready(run(copies, frozen, zeros(), jnp.float32(0), key))
        state = (learning, zeros(), jnp.float32(0))
        start = time.perf_counter()
        for _ in range(epoch_count):
            key, epoch_key = jax.random.split(key)
            state = run(state[0], frozen, state[1], state[2], epoch_key)
        jax.block_until_ready(state)
        seconds = time.perf_counter() - start
        parameters.update(state[0])
        seen = epoch_count * (len(images) // BATCH * BATCH)
        speeds[str(phase)] = seen / seconds
        total_images, total_seconds = total_images + seen, total_seconds + seconds
    return {**speeds, "article": total_images / total_seconds}


def main() -> None:
    parser = argparse.ArgumentParser(description="Times the article's recipe in JAX.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train-images-idx3-ubyte.gz")
    parser.add_argument("--epochs", type=int, nargs=3, default=[25, 20, 20], help="epochs of the phases")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    limit_threads(arguments.threads)
    print(json.dumps(measure(arguments.data, arguments.epochs)))


if __name__ == "__main__":
    main()
