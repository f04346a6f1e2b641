"""Writes goldens.json: what the article's network must compute, in float64, on weights given by a formula.

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors
    venv/bin/python make_goldens.py            # writes goldens.json beside this file
    venv/bin/python make_goldens.py --measure  # compares PyTorch in float32 with the goldens instead

README.md describes the formulas and every key of the file.

Largest deviations of float32 from these goldens, measured with PyTorch 2.15 on x86-64 (a second order of
summation gave the same), and the tolerance that follows for another float32 implementation. Sums, norms
and projections are relative to the norm of their tensor, single entries to its root mean square.

                                          measured  tolerance
    turned images, bilinear               1e-6      1e-5
    turned images, nearest                0         0
    codes, latents, decoded images        4e-7      1e-5
    losses at the given weights           1e-7      2e-6
    gradients                             2e-5      2e-4
    losses of ten steps                   6e-6      1e-4
    weights after ten steps               9e-6      1e-4
    their changes                         6e-5      6e-4
    Adam alone, normalization alone       1e-7      2e-6
"""

import argparse
import json
import re
from pathlib import Path

import numpy
import torch
from torch import Tensor
from torch.nn import functional

from typed_autoencoder import (
    PIXELS, SIDE, TypedAutoencoder, code_of, optimizer_for, phase_losses, source_coordinates, turn)

GOLDENS = Path(__file__).with_name("goldens.json")
FORMAT = "latent-explorer goldens 1: see README.md beside this file"
STEPS = 10
LEARNING_RATE = 1e-3
TURN_DEGREES = [-90, 15, 30, 100, 200, 345]
# Rows of the hash beyond those of the weights.
SIGN_ROW, SAMPLE_ROW, ADAM_ROW = 1000, 1001, 1002


def mixed(row: int, count: int) -> numpy.ndarray:
    """SplitMix64's finaliser of row · 1,000,003 + i + 1, for i in 0..<count."""
    value = numpy.arange(count, dtype=numpy.uint64) + numpy.uint64(row * 1_000_003 + 1)
    value = (value ^ (value >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return value ^ (value >> numpy.uint64(31))


def unit(row: int, count: int) -> numpy.ndarray:
    """Numbers in [0, 1) with 24 bits, exact in float32."""
    return (mixed(row, count) >> numpy.uint64(40)).astype(numpy.float64) / 2**24


def network_by_formula(dtype: torch.dtype) -> TypedAutoencoder:
    """The network whose tensor t, in the order of the state dictionary, is (2 · unit(t) − 1) / √fan-in."""
    network = TypedAutoencoder()
    state = network.state_dict()
    fan_in = 0
    for row, (name, tensor) in enumerate(state.items()):
        if name.endswith("weight"):
            fan_in = tensor.shape[1]
        values = (2 * unit(row, tensor.numel()) - 1) / numpy.sqrt(fan_in)
        state[name] = torch.from_numpy(values.astype(numpy.float32)).view(tensor.shape)
    network.load_state_dict(state)
    return network.to(dtype)


def image_bytes() -> numpy.ndarray:
    """Eight images of two overlapping elliptic blobs each, by integer arithmetic. [8, 784]"""
    y, x = numpy.divmod(numpy.arange(PIXELS), SIDE)

    def blob(centre_x: int, centre_y: int, a: int, c: int, reach: int) -> numpy.ndarray:
        inside = numpy.maximum(0, reach - a * (x - centre_x) ** 2 - c * (y - centre_y) ** 2)
        return 255 * inside // reach

    return numpy.stack([
        numpy.minimum(255, blob(10 + 3 * k % 8, 9 + 5 * k % 7, 4, 9, 400 + 30 * k)
                      + blob(17 - k % 5, 19 - 2 * k % 6, 9, 4, 150 + 10 * k))
        for k in range(8)])


def digest(tensor: Tensor) -> dict:
    """Count, sum, norm, four projections onto signs and at most eight entries that are not zero."""
    values = tensor.detach().double().flatten().numpy()
    bits = mixed(SIGN_ROW, values.size)
    signs = [1 - 2 * (bits >> numpy.uint64(60 + p) & numpy.uint64(1)).astype(int) for p in range(4)]
    candidates = numpy.flatnonzero(values)
    picks = (unit(SAMPLE_ROW, 8) * candidates.size).astype(int)
    indices = numpy.unique(candidates[picks]) if candidates.size > 8 else candidates
    return {
        "count": values.size,
        "sum": rounded(values.sum()),
        "norm": rounded(numpy.sqrt((values**2).sum())),
        "projections": [rounded(values @ sign) for sign in signs],
        "indices": indices.tolist(),
        "values": [rounded(value) for value in values[indices]],
    }


def rounded(value: float) -> float:
    """Twelve significant digits."""
    return float(f"{value:.12g}")


def numbers(tensor: Tensor) -> list[float]:
    """All entries, in row-major order."""
    return [rounded(value) for value in tensor.detach().flatten().tolist()]


def turning(image: Tensor) -> dict:
    """One image turned by several angles with both interpolations."""
    degrees = torch.tensor(TURN_DEGREES, dtype=torch.float64)
    angles = degrees.deg2rad()
    for coordinates in source_coordinates(angles[1:], torch.float64):
        distance_to_tie = ((coordinates - 0.5) - (coordinates - 0.5).round()).abs().min()
        assert distance_to_tie > 1e-4, "a nearest pixel of these angles hangs on rounding"
    turned = {way: turn(image.expand(len(angles), -1), angles, way) for way in ["bilinear", "nearest"]}
    return {
        "bilinear": {str(angle): digest(row) for angle, row in zip(TURN_DEGREES, turned["bilinear"])},
        "nearest": {str(angle): digest(row) for angle, row in zip(TURN_DEGREES, turned["nearest"])},
        "pixels_bilinear_30": numbers(turned["bilinear"][TURN_DEGREES.index(30)]),
    }


def forward(images: Tensor) -> dict:
    """Both halves of the network on the upright images."""
    network = network_by_formula(images.dtype)
    raw_code = network.head_rot.fc(network.encoder_backbone(images))
    code, latent = network.encode(images)
    upright_code = code_of(torch.zeros(len(images), dtype=torch.float64), images.dtype)
    return {
        "raw_code": numbers(raw_code),
        "code": numbers(code),
        "latent": numbers(latent),
        "decoded_at_own_code": digest(network.decode(code, latent)),
        "decoded_at_zero_degrees": digest(network.decode(upright_code, latent)),
    }


def phase(number: int, images: Tensor, angles: Tensor) -> dict:
    """Loss and gradients of a phase at the given weights, and where ten steps of Adam lead."""
    network = network_by_formula(images.dtype)
    initial = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    optimizer = optimizer_for(network, number, LEARNING_RATE)
    step_losses, result = [], {}
    for step in range(STEPS):
        losses = phase_losses(network, number, images, angles)
        optimizer.zero_grad()
        losses["total"].backward()
        learning = {name: tensor for name, tensor in network.named_parameters() if tensor.requires_grad}
        if step == 0:
            result["loss"] = {part: rounded(value.item()) for part, value in losses.items()}
            result["gradients"] = {name: digest(tensor.grad) for name, tensor in learning.items()}
        step_losses.append(rounded(losses["total"].item()))
        optimizer.step()
    result["step_losses"] = step_losses
    result["weights"] = {name: digest(tensor) for name, tensor in learning.items()}
    result["changes"] = {name: digest(tensor - initial[name]) for name, tensor in learning.items()}
    return result


def adam(dtype: torch.dtype) -> dict:
    """Ten steps of Adam alone on eight parameters whose gradients range from 1 down to 1e-10."""
    scales = 10.0 ** numpy.array([0, -1, -2, -4, -6, -7, -8, -10])
    gradients = ((2 * unit(ADAM_ROW, 8 * STEPS) - 1).reshape(STEPS, 8) * scales).astype(numpy.float32)
    parameters = torch.zeros(8, dtype=dtype, requires_grad=True)
    optimizer = torch.optim.Adam([parameters], lr=LEARNING_RATE, betas=(0.9, 0.999), eps=1e-8)
    history = []
    for gradient in gradients:
        parameters.grad = torch.from_numpy(gradient).to(dtype)
        optimizer.step()
        history.append(parameters.detach().clone())
    return {
        "gradients": [[float(f"{value:.9g}") for value in row] for row in gradients.T],
        "parameters": [numbers(row) for row in torch.stack(history, dim=1)],
    }


def normalization(dtype: torch.dtype) -> dict:
    """Codes of raw outputs, some too short for a direction, and the gradient that comes back."""
    raw = torch.tensor([[3, 4], [-0.5, 1e-3], [1e-13, 0], [0, 0]], dtype=dtype, requires_grad=True)
    upstream = torch.tensor([1, -2], dtype=dtype).expand_as(raw)
    code = functional.normalize(raw, p=2, dim=-1, eps=1e-12)
    code.backward(upstream)
    return {name: [numbers(row) for row in tensor] for name, tensor in
            {"raw": raw, "code": code, "code_gradient": upstream, "raw_gradient": raw.grad}.items()}


def goldens(dtype: torch.dtype) -> dict:
    """The whole content of the file, computed in `dtype`."""
    bytes_of_images = image_bytes()
    pixels = (bytes_of_images / 255).astype(numpy.float32)
    images = torch.from_numpy(pixels).to(dtype)
    angles = torch.arange(len(images), dtype=torch.float64) * 0.7 + 0.3
    return {
        "format": FORMAT,
        "inputs": {
            "angles": numbers(angles),
            "byte_sums": bytes_of_images.sum(axis=1).tolist(),
            "images": digest(images),
            "turned": digest(turn(images, angles)),
            "weights": {name: digest(tensor)
                        for name, tensor in network_by_formula(dtype).state_dict().items()},
        },
        "turning": turning(images[0]),
        "forward": forward(images),
        "normalization": normalization(dtype),
        "phases": {str(number): phase(number, images, angles) for number in [1, 2, 3]},
        "adam": adam(dtype),
    }


def deviations(golden, other, path: tuple[str, ...] = ()) -> list[tuple[str, float]]:
    """Name and relative deviation of all numbers in `other` from `golden`.

    Sums and projections are taken relative to the norm of their tensor, single entries relative to its
    root mean square; lists relative to the root mean square of the list, lone numbers to themselves.
    """
    name = ".".join(path[:3] if path[:1] == ("phases",) else path[:2])
    if isinstance(golden, str):
        return []
    if isinstance(golden, dict) and "norm" in golden:
        assert golden["indices"] == other["indices"], f"{path}: other entries than the goldens' are zero"
        whole, each = golden["norm"], golden["norm"] / golden["count"] ** 0.5
        scales = {"norm": whole, "sum": whole, "projections": whole, "values": each}
        return [(f"{name}: {'entries' if key == 'values' else 'tensors'}",
                 largest_difference(golden[key], other[key]) / scale) for key, scale in scales.items()]
    if isinstance(golden, dict):
        return [row for key in golden for row in deviations(golden[key], other[key], path + (key,))]
    if isinstance(golden, list) and isinstance(golden[0], list):
        return [row for pair in zip(golden, other) for row in deviations(*pair, path)]
    scale = float(numpy.sqrt(numpy.mean(numpy.square(golden)))) or 1
    return [(name, largest_difference(golden, other) / scale)]


def largest_difference(golden, other) -> float:
    """The largest absolute difference of two numbers or two lists of numbers."""
    return float(numpy.abs(numpy.subtract(golden, other)).max())


def as_text(content: dict) -> str:
    """JSON with lists of numbers on one line each."""
    text = json.dumps(content, indent=1)
    return re.sub(r"\[[^\[\]{}]*\]", lambda match: re.sub(r"\s+", " ", match.group()), text) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes goldens.json.")
    parser.add_argument("--measure", action="store_true", help="compare float32 with the goldens")
    arguments = parser.parse_args()
    if not arguments.measure:
        GOLDENS.write_text(as_text(goldens(torch.float64)))
        return
    golden = json.loads(GOLDENS.read_text())
    worst: dict[str, float] = {}
    for name, deviation in deviations(golden, goldens(torch.float32)):
        worst[name] = max(worst.get(name, 0), deviation)
    for name, deviation in worst.items():
        print(f"{deviation:.0e}  {name}")


if __name__ == "__main__":
    main()
