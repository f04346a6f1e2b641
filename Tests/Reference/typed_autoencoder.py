"""The article's typed autoencoder, the turning of images and the three phases of training, in PyTorch.

A module for the other scripts of this folder; it is not run by itself. It needs

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors

Images are rows of 784 values in [0, 1], row-major. An angle is in radians; positive angles turn the
content counter-clockwise on the screen. The code of an angle is (cos, sin).
"""

import gzip
import math
import struct
from pathlib import Path

import numpy
import torch
from torch import Tensor, nn
from torch.nn import functional

SIDE = 28
PIXELS = SIDE * SIDE


class CyclicHead(nn.Module):
    """Reads a point on the unit circle: [batch, inputs] to [batch, 2]."""

    def __init__(self, inputs: int):
        super().__init__()
        self.fc = nn.Linear(inputs, 2)

    def forward(self, features: Tensor) -> Tensor:
        return functional.normalize(self.fc(features), p=2, dim=-1, eps=1e-12)


class TypedAutoencoder(nn.Module):
    """Schema `rotation, free:5`, widths 256 and 128. Attribute names give the tensors their names."""

    def __init__(self):
        super().__init__()
        self.encoder_backbone = nn.Sequential(
            nn.Linear(PIXELS, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU())
        self.head_rot = CyclicHead(128)
        self.head_latent = nn.Linear(128, 5)
        self.decoder = nn.Sequential(
            nn.Linear(7, 128), nn.ReLU(), nn.Linear(128, 256), nn.ReLU(),
            nn.Linear(256, PIXELS), nn.Sigmoid())

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """The codes [batch, 2] and the latents [batch, 5] of `images`."""
        features = self.encoder_backbone(images)
        return self.head_rot(features), self.head_latent(features)

    def decode(self, code: Tensor, latent: Tensor) -> Tensor:
        """The images that codes and latents describe."""
        return self.decoder(torch.cat([code, latent], dim=-1))


def code_of(angles: Tensor, dtype: torch.dtype = torch.float32) -> Tensor:
    """(cos, sin) of float64 `angles`, computed in float64; exact at multiples of 90°. [batch, 2]"""
    quarter_turns = angles / (math.pi / 2)
    is_exact = (quarter_turns - quarter_turns.round()).abs() < 1e-12
    code = torch.stack([angles.cos(), angles.sin()], dim=-1)
    return torch.where(is_exact[:, None], code.round(), code).to(dtype)


def source_coordinates(angles: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """Column and row, each [batch, 784], that every pixel of an image turned by `angles` comes from."""
    cosine, sine = code_of(angles, dtype)[:, :, None].unbind(dim=1)
    centre = (SIDE - 1) / 2
    along = torch.arange(SIDE, dtype=dtype) - centre
    x, y = along.repeat(SIDE), along.repeat_interleave(SIDE)
    return cosine * x - sine * y + centre, sine * x + cosine * y + centre


def turn(images: Tensor, angles: Tensor, interpolation: str = "bilinear") -> Tensor:
    """Each image turned by its float64 angle about the centre (13.5, 13.5), zeros outside. [batch, 784]"""
    columns, rows = source_coordinates(angles, images.dtype)
    # A border of zeros, onto which everything outside is clamped, stands for the plane around the image.
    border = 2
    stride = SIDE + 2 * border
    bordered = functional.pad(images.view(-1, SIDE, SIDE), [border] * 4).flatten(1)
    columns, rows = columns.clamp(-1, SIDE), rows.clamp(-1, SIDE)

    def pixels(row: Tensor, column: Tensor) -> Tensor:
        return bordered.gather(1, ((row + border) * stride + column + border).long())

    if interpolation == "nearest":
        return pixels(rows.round(), columns.round())
    left, top = columns.floor(), rows.floor()
    right_share, bottom_share = columns - left, rows - top
    upper = torch.lerp(pixels(top, left), pixels(top, left + 1), right_share)
    lower = torch.lerp(pixels(top + 1, left), pixels(top + 1, left + 1), right_share)
    return torch.lerp(upper, lower, bottom_share)


def learning_modules(network: TypedAutoencoder, phase: int) -> list[nn.Module]:
    """The parts of the network that learn in `phase` (1, 2 or 3)."""
    return {
        1: [network.encoder_backbone, network.head_latent, network.decoder],
        2: [network.decoder],
        3: [network.encoder_backbone, network.head_rot, network.head_latent],
    }[phase]


def optimizer_for(network: TypedAutoencoder, phase: int, learning_rate: float) -> torch.optim.Adam:
    """Freezes what does not learn in `phase`; a new Adam for the rest."""
    network.requires_grad_(False)
    for module in learning_modules(network, phase):
        module.requires_grad_(True)
    learning = [parameter for parameter in network.parameters() if parameter.requires_grad]
    return torch.optim.Adam(learning, lr=learning_rate, betas=(0.9, 0.999), eps=1e-8)


def phase_losses(
    network: TypedAutoencoder, phase: int, images: Tensor, angles: Tensor, interpolation: str = "bilinear"
) -> dict[str, Tensor]:
    """The loss of `phase` on upright `images` and its parts; phase 1 makes no use of the angles.

    The squared errors are means over all elements: batch × 784 pixels, or batch × 2 of the code.
    """
    if phase == 1:
        code = code_of(torch.zeros_like(angles), images.dtype)
        _, latent = network.encode(images)
        total = functional.mse_loss(network.decode(code, latent), images)
        return {"total": total, "reconstruction": total}
    turned, true_code = turn(images, angles, interpolation), code_of(angles, images.dtype)
    if phase == 2:
        _, latent = network.encode(images)
        total = functional.mse_loss(network.decode(true_code, latent), turned)
        return {"total": total, "reconstruction": total}
    code, latent = network.encode(turned)
    reconstruction = functional.mse_loss(network.decode(code, latent), turned)
    rotation = functional.mse_loss(code, true_code)
    return {"total": reconstruction + 1.0 * rotation, "reconstruction": reconstruction, "rotation": rotation}


def read_images(folder: Path, split: str) -> Tensor:
    """The images of an MNIST folder as float32 [count, 784] in [0, 1]; `split` is `train` or `t10k`."""
    path = folder / f"{split}-images-idx3-ubyte.gz"
    content = gzip.decompress(path.read_bytes())
    magic, count, rows, columns = struct.unpack(">4I", content[:16])
    if (magic, rows, columns) != (0x803, SIDE, SIDE) or len(content) != 16 + count * PIXELS:
        raise ValueError(f"{path} does not hold 28×28 images in the IDX format")
    bytes_of_images = numpy.frombuffer(content, numpy.uint8, offset=16).reshape(count, PIXELS)
    return torch.from_numpy(bytes_of_images.astype(numpy.float32) / 255)
