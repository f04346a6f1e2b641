"""Measures a model of the article's network on the test images of a folder; prints one JSON object.

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors
    venv/bin/python evaluate_article.py --data MNIST_FOLDER --model model.safetensors

Every turned figure is a mean over the 24 angles k·15°; squared errors are means over all pixels:

    upright_mse  the upright image decoded from its own latent at θ = 0
    steer_mse    the latent of the upright image, decoded at each angle, against the image turned by it
    resteer_mse  the latent of the image turned by one random α of the grid, decoded at each angle
    turned_mse   the turned image, reconstructed from its own code and latent
    angle_…      absolute error of the encoder's angle on the turned images, 24 for each image
"""

import argparse
import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from typed_autoencoder import TypedAutoencoder, code_of, read_images, turn

ANGLES = torch.arange(24, dtype=torch.float64) * math.pi / 12


def angle_errors(code: Tensor, angles: Tensor) -> Tensor:
    """Absolute differences between the codes' directions and `angles`, in degrees, at most 180."""
    code = code.double()
    difference = torch.atan2(code[:, 1], code[:, 0]) - angles
    return torch.atan2(difference.sin(), difference.cos()).abs().rad2deg()


@torch.no_grad()
def evaluate(network: TypedAutoencoder, images: Tensor, interpolation: str, seed: int) -> dict:
    """The figures that the docstring of this file lists."""
    generator = torch.Generator().manual_seed(seed)
    alphas = ANGLES[torch.randint(len(ANGLES), [len(images)], generator=generator)]
    _, upright_latent = network.encode(images)
    _, turned_latent = network.encode(turn(images, alphas, interpolation))

    upright_code = code_of(torch.zeros(len(images), dtype=torch.float64))
    upright = functional.mse_loss(network.decode(upright_code, upright_latent), images).item()
    steer, resteer, turned, errors = [], [], [], []
    for angle in ANGLES:
        angles = angle.expand(len(images))
        truth, true_code = turn(images, angles, interpolation), code_of(angles)
        code, latent = network.encode(truth)
        steer.append(functional.mse_loss(network.decode(true_code, upright_latent), truth).item())
        resteer.append(functional.mse_loss(network.decode(true_code, turned_latent), truth).item())
        turned.append(functional.mse_loss(network.decode(code, latent), truth).item())
        errors.append(angle_errors(code, angles))
    errors = torch.cat(errors)
    return {
        "upright_mse": upright,
        "steer_mse": sum(steer) / len(steer),
        "resteer_mse": sum(resteer) / len(resteer),
        "turned_mse": sum(turned) / len(turned),
        "angle_mean_degrees": errors.mean().item(),
        "angle_median_degrees": errors.quantile(0.5).item(),
        "angle_within_15": (errors <= 15).double().mean().item(),
        "images": len(images),
        "interpolation": interpolation,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures a model of the article's network.")
    parser.add_argument("--data", type=Path, required=True, help="folder with t10k-images-idx3-ubyte.gz")
    parser.add_argument("--model", type=Path, required=True, help="a safetensors file")
    parser.add_argument("--interpolation", choices=["bilinear", "nearest"], default="bilinear")
    parser.add_argument("--seed", type=int, default=1, help="of the random α of re-steering")
    arguments = parser.parse_args()

    torch.set_num_threads(2)
    network = TypedAutoencoder()
    network.load_state_dict(load_file(arguments.model))
    images = read_images(arguments.data, "t10k")
    print(json.dumps(evaluate(network, images, arguments.interpolation, arguments.seed), indent=2))


if __name__ == "__main__":
    main()
