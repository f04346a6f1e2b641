"""Measures any model of this program on a folder's test images, apart from the program: one JSON object.

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors
    venv/bin/python evaluate_model.py --data MNIST_FOLDER --model model.safetensors
    venv/bin/python evaluate_model.py --data MNIST_FOLDER --model model.safetensors --compare figures.json

Keys and meanings are those of `latent-explorer evaluate --json`; `--compare` prints the largest relative
difference from such an object and fails above 1 % (or a hundredth of a degree, or a thousandth of what has
no unit). What is drawn at random is drawn by the program's formula, seed 0.
"""

import argparse
import gzip
import json
import math
import re
import struct
from pathlib import Path

import numpy
import torch
from safetensors import safe_open
from torch import Tensor
from torch.nn import functional

from typed_autoencoder import SIDE, read_images

POSITIONS = 24
ALONG = torch.arange(SIDE, dtype=torch.float32) - (SIDE - 1) / 2
X, Y = ALONG.repeat(SIDE), ALONG.repeat_interleave(SIDE)


MASK = 2**64 - 1
STEP = 0x9E3779B97F4A7C15


def mix(value: int | numpy.ndarray) -> int | numpy.ndarray:
    """SplitMix64's finaliser, for one number or many."""
    is_many = isinstance(value, numpy.ndarray)

    def times(value, factor):
        return value * numpy.uint64(factor) if is_many else value * factor & MASK

    def shifted(value, bits):
        return value >> numpy.uint64(bits) if is_many else value >> bits

    value = times(value ^ shifted(value, 30), 0xBF58476D1CE4E5B9)
    value = times(value ^ shifted(value, 27), 0x94D049BB133111EB)
    return value ^ shifted(value, 31)


def uniform(path: list[int], positions: Tensor) -> Tensor:
    """Numbers in [0, 1) at positions of the stream with seed 0 for a measurement (purpose 4); float64."""
    key = mix(STEP)
    for element in [4] + path:
        key = mix(key ^ mix((element + STEP) & MASK))
    counters = numpy.uint64(key) + (positions.numpy().astype(numpy.uint64) + numpy.uint64(1)) * numpy.uint64(STEP)
    return torch.from_numpy((mix(counters) >> numpy.uint64(11)).astype(numpy.float64) * 2.0**-53)


class Pose:
    """Angle, shift in pixels and scale of each row of a batch: scaled, then turned, then shifted."""

    def __init__(self, count: int):
        self.angle, self.x, self.y, self.scale = (
            torch.zeros(count), torch.zeros(count), torch.zeros(count), torch.ones(count))

    def copy(self) -> "Pose":
        other = Pose(0)
        other.__dict__.update(self.__dict__)
        return other


def sample(images: Tensor, column: Tensor, row: Tensor) -> Tensor:
    """The images at places relative to the centre, bilinear, zeros outside; [batch, 784]."""
    grid = torch.stack([column, row], -1).view(-1, SIDE, SIDE, 2) / (SIDE / 2)
    found = functional.grid_sample(
        images.view(-1, 1, SIDE, SIDE), grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    return found.flatten(1)


def transform(images: Tensor, pose: Pose, shift: tuple[Tensor, Tensor] | None = None) -> Tensor:
    """The images, moved by `shift` first, then transformed by their poses."""
    cosine, sine = pose.angle.cos()[:, None], pose.angle.sin()[:, None]
    x, y = X - pose.x[:, None], Y - pose.y[:, None]
    column = (cosine * x - sine * y) / pose.scale[:, None]
    row = (sine * x + cosine * y) / pose.scale[:, None]
    if shift is not None:
        column, row = column - shift[0][:, None], row - shift[1][:, None]
    return sample(images, column, row)


def undo(images: Tensor, pose: Pose) -> Tensor:
    """Transformed images, brought back."""
    cosine, sine = pose.angle.cos()[:, None], pose.angle.sin()[:, None]
    scale = pose.scale[:, None]
    return sample(
        images, pose.x[:, None] + scale * (cosine * X + sine * Y),
        pose.y[:, None] + scale * (cosine * Y - sine * X))


class Coordinate:
    """A typed coordinate of the text form, with its code."""

    def __init__(self, text: str):
        self.kind, _, limits = text.partition(":")
        self.is_cyclic = text == "rotation"
        if self.kind == "scale":
            self.low, self.high = (math.log(float(end)) for end in limits.split(".."))
        elif not self.is_cyclic:
            limit = float(limits) * (math.pi / 180 if self.kind == "rotation" else 1)
            self.low, self.high = -limit, limit

    @property
    def field(self) -> str:
        return {"rotation": "angle", "shift-x": "x", "shift-y": "y", "scale": "scale"}[self.kind]

    def code(self, pose: Pose) -> Tensor:
        value = getattr(pose, self.field)
        if self.is_cyclic:
            return torch.stack([value.cos(), value.sin()], -1)
        value = value.log() if self.kind == "scale" else value
        return ((2 * value - self.low - self.high) / (self.high - self.low))[:, None]

    def read(self, code: Tensor, pose: Pose) -> None:
        """Sets the pose to what a code stands for."""
        if self.is_cyclic:
            value = torch.atan2(code[:, 1], code[:, 0])
        else:
            value = (self.low + self.high + code[:, 0] * (self.high - self.low)) / 2
        setattr(pose, self.field, value.exp() if self.kind == "scale" else value)

    def at(self, share: Tensor) -> Tensor:
        """The values at shares of the way through the range."""
        value = self.low + share * (self.high - self.low)
        return (value.exp() if self.kind == "scale" else value).float()


class Model:
    """Encoder and decoder from a file's tensors and metadata."""

    def __init__(self, path: Path):
        with safe_open(str(path), framework="pt") as file:
            metadata = file.metadata() or {}
            self.tensors = {name: file.get_tensor(name).float() for name in file.keys()}
        items = re.split(r"\s*,\s*", metadata.get("coordinates", "rotation, free:5"))
        self.coordinates = [Coordinate(item) for item in items if not item.startswith("free:")]
        self.is_staged = metadata.get("encoder") == "staged"
        self.warps = metadata.get("decoder") == "warp"

    def dense(self, name: str, features: Tensor) -> Tensor:
        return functional.linear(features, self.tensors[name + ".weight"], self.tensors[name + ".bias"])

    def chain(self, name: str, features: Tensor, rectifies_last: bool = False) -> Tensor:
        numbers = sorted(
            int(key.split(".")[1]) for key in self.tensors
            if key.startswith(name + ".") and key.endswith(".weight"))
        for number in numbers:
            features = self.dense(f"{name}.{number}", features)
            if number != numbers[-1] or rectifies_last:
                features = features.relu()
        return features

    def encode(self, images: Tensor) -> tuple[Pose, Tensor]:
        """Poses, with the certainty of the angle where there is a compass, and latents."""
        return self.encode_in_stages(images) if self.is_staged else self.encode_directly(images)

    def encode_directly(self, images: Tensor) -> tuple[Pose, Tensor]:
        features = self.chain("encoder_backbone", images, rectifies_last=True)
        pose = Pose(len(images))
        for coordinate in self.coordinates:
            head = {
                "rotation": "head_rot.fc" if coordinate.is_cyclic else "head_rot", "shift-x": "head_shift_x",
                "shift-y": "head_shift_y", "scale": "head_scale",
            }[coordinate.kind]
            coordinate.read(self.dense(head, features), pose)
        return pose, self.dense("head_latent", features)

    def encode_in_stages(self, images: Tensor) -> tuple[Pose, Tensor]:
        pose = Pose(len(images))
        bounded = [coordinate for coordinate in self.coordinates if not coordinate.is_cyclic]
        if bounded:
            codes = self.chain("locator", images).clamp(-1.25, 1.25)
            for index, coordinate in enumerate(bounded):
                coordinate.read(codes[:, index : index + 1], pose)
        if len(bounded) < len(self.coordinates):
            pose.angle, pose.certainty = self.direction(self.votes(images, pose))
        features = self.chain("encoder_backbone", undo(images, pose), rectifies_last=True)
        return self.corrected(pose, self.dense("head_residual", features)), self.dense("head_latent", features)

    def votes(self, images: Tensor, pose: Pose) -> Tensor:
        """The compass's logits over looks a quarter turn apart; the first counts for half."""
        looks = []
        for quarter in range(4):
            view = undo(images, pose).view(-1, SIDE, SIDE).rot90(-quarter, (1, 2)).flatten(1)
            logits = self.chain("compass", view)
            looks.append(logits.roll(quarter * logits.shape[1] // 4, 1))
        return looks[0] / 2 + sum(looks[1:]) / 6

    @staticmethod
    def direction(logits: Tensor) -> tuple[Tensor, Tensor]:
        """The circular mean inside the window of seven bins with the most probability, and that."""
        weights = logits.softmax(-1)
        bins = torch.arange(logits.shape[1])
        window = sum(weights.roll(offset, 1) for offset in range(-3, 4)).argmax(1)
        inside = (bins[None] - window[:, None] + 3) % logits.shape[1] < 7
        weights, angles = weights * inside, bins * (2 * math.pi / logits.shape[1])
        angle = torch.atan2((weights * angles.sin()).sum(1), (weights * angles.cos()).sum(1))
        return angle, weights.sum(1)

    def corrected(self, pose: Pose, residual: Tensor) -> Pose:
        """The pose of an image that the residual moves first."""
        kinds = {coordinate.kind for coordinate in self.coordinates}
        names = (
            (["angle"] if "rotation" in kinds else [])
            + (["x"] if "shift-x" in kinds or kinds >= {"rotation", "shift-y"} else [])
            + (["y"] if "shift-y" in kinds or kinds >= {"rotation", "shift-x"} else [])
            + (["scale"] if "scale" in kinds else []))
        change = {name: residual[:, index] for index, name in enumerate(names)}
        zero = torch.zeros(len(residual))
        x, y = change.get("x", zero), change.get("y", zero)
        cosine, sine = pose.angle.cos(), pose.angle.sin()
        corrected = Pose(len(residual))
        corrected.certainty = getattr(pose, "certainty", None)
        corrected.angle = pose.angle + change.get("angle", zero)
        corrected.x = pose.x + pose.scale * (cosine * x + sine * y)
        corrected.y = pose.y + pose.scale * (cosine * y - sine * x)
        corrected.scale = pose.scale * change.get("scale", zero).exp()
        if "shift-x" not in kinds:
            corrected.x = zero
        if "shift-y" not in kinds:
            corrected.y = zero
        return corrected

    def decode(self, pose: Pose, latents: Tensor) -> Tensor:
        if self.warps:
            return transform(self.chain("decoder", latents).sigmoid(), pose)
        codes = [coordinate.code(pose) for coordinate in self.coordinates]
        return self.chain("decoder", torch.cat(codes + [latents], -1)).sigmoid()


def wrapped(angles: Tensor) -> Tensor:
    return torch.remainder(angles + math.pi, 2 * math.pi) - math.pi


def mean_squared_error(drawn: Tensor, truth: Tensor) -> float:
    return (drawn - truth).square().mean().item()


def gradient_sum(images: Tensor) -> float:
    pixels = images.view(-1, SIDE, SIDE)
    return (pixels.diff(dim=1).abs().sum() + pixels.diff(dim=2).abs().sum()).item()


def similarity(drawn: Tensor, truth: Tensor) -> float:
    """The mean structural similarity over windows of 7 × 7 pixels."""
    def mean(values: Tensor) -> Tensor:
        return functional.avg_pool2d(values.view(-1, 1, SIDE, SIDE), 7, stride=1)

    mx, my = mean(drawn), mean(truth)
    vx, vy = mean(drawn * drawn) - mx * mx, mean(truth * truth) - my * my
    covariance = mean(drawn * truth) - mx * my
    index = (2 * mx * my + 1e-4) * (2 * covariance + 9e-4) / (
        (mx * mx + my * my + 1e-4) * (vx + vy + 9e-4))
    return index.mean().item()


def angle_figures(poses: list[Pose], truth: Tensor, upright: Tensor, prefix: str) -> dict[str, float]:
    """Figures of the angles of poses, one batch for each position, against the true ones, [positions, images].

    `upright` is what was read of the upright images.
    """
    readings = torch.stack([pose.angle for pose in poses])
    errors = wrapped(readings - truth)
    sizes = errors.abs().rad2deg()
    relative = wrapped(readings - upright - truth).abs().rad2deg()[truth != 0]
    half = torch.minimum(sizes, 180 - sizes)
    a, b = readings.double(), truth.expand_as(readings).double()
    count = a.numel()
    spread = (count**2 - a.mul(2).cos().sum() ** 2 - a.mul(2).sin().sum() ** 2) * (
        count**2 - b.mul(2).cos().sum() ** 2 - b.mul(2).sin().sum() ** 2)
    correlation = 4 * (
        (a.cos() * b.cos()).sum() * (a.sin() * b.sin()).sum()
        - (a.cos() * b.sin()).sum() * (a.sin() * b.cos()).sum()) / spread.sqrt()
    figures = {
        "angle_mean_degrees": sizes.mean(), "angle_median_degrees": sizes.median(),
        "angle_p90_degrees": torch.tensor(numpy.quantile(sizes.numpy(), 0.9)),
        "angle_modulo_180_mean_degrees": half.mean(), "angle_modulo_180_median_degrees": half.median(),
        "angle_flips": (sizes > 135).float().mean(),
        "relative_angle_mean_degrees": relative.mean(), "relative_angle_median_degrees": relative.median(),
        "circular_correlation": correlation,
    }
    if getattr(poses[0], "certainty", None) is not None:
        sure = torch.stack([pose.certainty for pose in poses]) >= 0.9
        figures["angle_sure"] = sure.float().mean()
        figures["angle_sure_flips"] = (sizes[sure] > 135).float().mean()
    for limit in (10, 15, 30):
        figures[f"angle_within_{limit}"] = (sizes <= limit).float().mean()
    return {prefix + key: value.item() for key, value in figures.items()}


def read_labels(folder: Path, split: str) -> Tensor:
    content = gzip.decompress((folder / f"{split}-labels-idx1-ubyte.gz").read_bytes())
    count = struct.unpack(">2I", content[:8])[1]
    return torch.from_numpy(numpy.frombuffer(content, numpy.uint8, count, offset=8).astype(numpy.int64))


def probe(model: Model, folder: Path, upright: Tensor, turned: Tensor) -> dict[str, float]:
    """A logistic regression from standardised upright latents, with the penalty ½‖weights‖²."""
    latents = model.encode(read_images(folder, "train")[:20000])[1].double()
    labels = read_labels(folder, "train")[:20000]
    means, deviations = latents.mean(0), latents.std(0)
    inputs = (latents - means) / deviations
    weights = torch.zeros(inputs.shape[1], 10, dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(10, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=500, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        with torch.enable_grad():
            loss = functional.cross_entropy(inputs @ weights + bias, labels, reduction="sum")
            loss = loss + weights.square().sum() / 2
            loss.backward()
        return loss

    optimizer.step(closure)
    truth = read_labels(folder, "t10k")[: len(upright)]

    def share(latents: Tensor) -> float:
        logits = ((latents.double() - means) / deviations) @ weights + bias
        return (logits.argmax(-1) == truth).float().mean().item()

    return {"probe_upright": share(upright), "probe_turned": share(turned)}


class Grid:
    """The poses that every image is put through: rotations on a grid, everything else drawn."""

    def __init__(self, model: Model, count: int):
        self.poses = []
        for position in range(POSITIONS):
            pose = Pose(count)
            places = (torch.arange(count) * POSITIONS + position % (POSITIONS // 2)) * len(model.coordinates)
            for number, coordinate in enumerate(model.coordinates):
                if coordinate.is_cyclic:
                    value = torch.full([count], 2 * math.pi * position / POSITIONS)
                elif coordinate.kind == "rotation":
                    share = (position + 0.5) / POSITIONS
                    value = torch.full([count], coordinate.low + share * (coordinate.high - coordinate.low))
                else:
                    value = coordinate.at(uniform([-1, 0], places + number))
                setattr(pose, coordinate.field, value)
            self.poses.append(pose)

    def chosen(self, positions: Tensor) -> Pose:
        """For each image the pose at its own position."""
        pose = Pose(len(positions))
        rows = torch.arange(len(positions))
        for field in ("angle", "x", "y", "scale"):
            setattr(pose, field, torch.stack([getattr(each, field) for each in self.poses])[positions, rows])
        return pose


def realised(model: Model, images: Tensor, latents: Tensor) -> float:
    """The share of steered images that resemble most a true rotation within 10° of the one asked for."""
    images, latents, hits = images[:400], latents[:400], []
    truths = []
    for step in range(72):
        pose = Pose(len(images))
        pose.angle += math.pi * step / 36
        truths.append(transform(images, pose))
    truths = torch.stack(truths, 1)
    for position in range(POSITIONS):
        pose = Pose(len(images))
        pose.angle += 2 * math.pi * position / POSITIONS
        nearest = (model.decode(pose, latents)[:, None] - truths).square().sum(-1).argmin(1)
        hits.append(wrapped(nearest * (math.pi / 36) - pose.angle).abs() <= math.radians(10.01))
    return torch.stack(hits).float().mean().item()


def leakage(latents: Tensor, angles: Tensor) -> float:
    """R² of a linear regression from the latents to (cos, sin) of the angles."""
    inputs = torch.cat([latents.double(), torch.ones(len(latents), 1, dtype=torch.float64)], 1)
    targets = torch.stack([angles.cos(), angles.sin()], -1).double()
    fit = inputs @ torch.linalg.lstsq(inputs, targets).solution
    return 1 - ((targets - fit).square().sum() / (targets - targets.mean(0)).square().sum()).item()


@torch.no_grad()
def evaluate(model: Model, images: Tensor, folder: Path) -> dict:
    """The figures that the docstring of this file speaks of."""
    count, neutral = len(images), Pose(len(images))
    grid = Grid(model, count)
    kinds = {coordinate.kind: coordinate for coordinate in model.coordinates}
    upright_pose, upright_latents = model.encode(images)
    shift = tuple((2 * uniform([-1, 1], 2 * torch.arange(count) + axis) - 1).float() for axis in range(2))
    shifted_pose, _ = model.encode(transform(images, neutral, shift))
    upright = model.decode(neutral, upright_latents)
    drawn_positions = (uniform([], torch.arange(count)) * POSITIONS).long()
    _, other_latents = model.encode(transform(images, grid.chosen(drawn_positions)))

    figures: dict[str, list[float]] = {}
    read_poses, leak_free, cycle, latents, cycle_latents, sums = [], [], [], [], [], torch.zeros(2)
    for position, pose in enumerate(grid.poses):
        truth = transform(images, pose)
        steered = model.decode(pose, upright_latents)
        read, own_latents = model.encode(truth)
        exact = transform(upright, pose)
        again, again_latents = model.encode(steered) if position % 2 == 0 else (None, None)
        for key, value in {
            "steer_mse": mean_squared_error(steered, truth),
            "resteer_mse": mean_squared_error(model.decode(pose, other_latents), truth),
            "turned_mse": mean_squared_error(model.decode(read, own_latents), truth),
            "steer_ssim": similarity(steered, truth),
            "equivariance_error": ((steered - exact).norm(dim=1) / exact.norm(dim=1)).mean().item(),
        }.items():
            figures.setdefault(key, []).append(value)
        sums += torch.tensor([gradient_sum(steered), gradient_sum(truth)])
        latents.append(own_latents)
        read_poses.append(read)
        if again is not None:
            cycle.append(again.angle)
            cycle_latents.append((again_latents - upright_latents).square().sum(1).mean())
        leak_free.append(model.encode(transform(images, pose, shift))[0])

    result = {key: sum(values) / len(values) for key, values in figures.items()}
    result |= {
        "upright_mse": mean_squared_error(upright, images), "upright_ssim": similarity(upright, images),
        "upright_psnr": (-10 * (upright - images).square().mean(1).log10()).mean().item(),
        "upright_sharpness": gradient_sum(upright) / gradient_sum(images),
        "sharpness": (sums[0] / sums[1]).item(),
    }
    stacked = torch.stack(latents)
    within = stacked.var(0, unbiased=False).mean(0).sum()
    result["invariance"] = (within / stacked.mean(0).var(0, unbiased=False).sum()).item()
    variance = upright_latents.var(0, unbiased=False).sum()
    result["cycle_latents"] = (torch.stack(cycle_latents).mean() / variance).sqrt().item()
    result |= probe(model, folder, upright_latents, stacked)
    if "rotation" in kinds:
        truth = torch.stack([pose.angle for pose in grid.poses])
        result |= angle_figures(read_poses, truth, upright_pose.angle, "")
        result |= angle_figures(leak_free, truth, shifted_pose.angle, "leak_free_")
        errors = wrapped(torch.stack(cycle) - truth[::2]).abs().rad2deg()
        result |= {
            "cycle_angle_mean_degrees": errors.mean().item(),
            "cycle_angle_median_degrees": errors.median().item(),
            "leakage_r2": leakage(stacked.flatten(0, 1), truth.flatten()),
        }
        if kinds["rotation"].is_cyclic:
            result["realised_within_10"] = realised(model, images, upright_latents)
    for kind, unit in (("shift-x", "pixels"), ("shift-y", "pixels"), ("scale", "log")):
        if kind not in kinds:
            continue
        field = kinds[kind].field
        read = torch.stack([getattr(pose, field) for pose in read_poses])
        truth = torch.stack([getattr(pose, field) for pose in grid.poses])
        errors = (read.log() - truth.log() if kind == "scale" else read - truth).abs()
        name = kind.replace("-", "_")
        result |= {
            f"{name}_mean_{unit}": errors.mean().item(), f"{name}_median_{unit}": errors.median().item()}
    result["images"] = count
    return result


def compare(here: dict, there: dict) -> bool:
    """Prints both values of every figure; whether they agree."""
    agree = True
    for key, value in sorted(here.items()):
        other = there.get(key)
        floor = 0.01 if key.endswith("degrees") else 0.001
        same = other is not None and abs(value - other) <= max(0.01 * abs(value), floor)
        agree &= same
        print(f"{key:42} {value:12.6f} {other if other is not None else math.nan:12.6f}{'' if same else '  differs'}")
    return agree


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--images", type=int, default=10000)
    parser.add_argument("--compare", type=Path)
    options = parser.parse_args()
    images = read_images(options.data, "t10k")[: options.images]
    figures = evaluate(Model(options.model), images, options.data)
    if options.compare is None:
        print(json.dumps(figures, indent=2, sort_keys=True))
    elif not compare(figures, json.loads(options.compare.read_text())):
        raise SystemExit("some figures differ by more than 1 %")


if __name__ == "__main__":
    main()
