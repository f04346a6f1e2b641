"""Times the article's recipe in PyTorch, for comparison with `latent-explorer benchmark`.

    python3 -m venv venv && venv/bin/pip install torch torchvision numpy safetensors
    venv/bin/python time_article.py --data MNIST_FOLDER [--threads 1 2] [--json]

For each number of threads it prints

- the whole recipe's speed and each phase's, in images per second, where PyTorch is at its best: all images
  in memory as float32, batches indexed by a permutation, rotation of a whole batch at once (the faster of
  `grid_sample` and four gathers), fused Adam, the frozen encoder without gradients, no synchronisation in
  the loop. `--compile` times the same under `torch.compile`;
- the same as a data loader would do it, image by image: torchvision's MNIST and `ToTensor`, torchvision's
  `rotate` for one image at a time, Adam as it comes;
- GFLOP/s of the products of the recipe's layers at a batch of 128.

    venv/bin/pip install 'jax[cpu]'
    venv/bin/python time_article.py --data MNIST_FOLDER --compare latent-explorer [--rounds 5] [--epochs 5 4 4]

trains the recipe with the program, in JAX (`article_in_jax.py`) and in PyTorch as above, in turns, and prints a
table of the medians and of the program's speed relative to the others.

A phase's speed is the median over several windows; the recipe's weighs the phases by 25, 20 and 20 epochs.
"""

import argparse
import contextlib
import json
import math
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from typed_autoencoder import SIDE, TypedAutoencoder, learning_modules, read_images, turn

BATCH = 128
EPOCHS = {1: 25, 2: 20, 3: 20}
WIDTHS = [(784, 256), (256, 128), (7, 128), (128, 256), (256, 784)]


def turn_by_grid(images: Tensor, angles: Tensor) -> Tensor:
    """Each image turned by its angle with `affine_grid` and `grid_sample`. [batch, 784]"""
    cosine, sine = angles.cos(), angles.sin()
    zeros = torch.zeros_like(cosine)
    maps = torch.stack([cosine, -sine, zeros, sine, cosine, zeros], dim=1).view(-1, 2, 3)
    shape = [len(images), 1, SIDE, SIDE]
    grid = functional.affine_grid(maps, shape, align_corners=False)
    return functional.grid_sample(images.view(shape), grid, align_corners=False).view(len(images), -1)


def turn_by_gathers(images: Tensor, angles: Tensor) -> Tensor:
    """The same through the reference's own turning."""
    return turn(images, angles.double())


def faster_turning(images: Tensor) -> Callable[[Tensor, Tensor], Tensor]:
    """Whichever of the two ways takes less time for a batch."""
    batch, angles = images[:BATCH], torch.rand(BATCH) * 2 * math.pi

    def seconds(turning: Callable[[Tensor, Tensor], Tensor]) -> float:
        times = []
        for _ in range(20):
            start = time.perf_counter()
            turning(batch, angles)
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    return min([turn_by_grid, turn_by_gathers], key=seconds)


def phase_loss(network: TypedAutoencoder, phase: int, images: Tensor, turning: Callable) -> Tensor:
    """The loss of `phase` on upright `images`; as in the article, phase 2 encodes every image in every epoch."""
    if phase == 1:
        code = torch.tensor([1.0, 0.0]).expand(len(images), 2)
        latent = network.head_latent(network.encoder_backbone(images))
        return functional.mse_loss(network.decode(code, latent), images)
    angles = torch.rand(len(images)) * 2 * math.pi
    turned = turning(images, angles)
    true_code = torch.stack([angles.cos(), angles.sin()], dim=1)
    if phase == 2:
        with torch.no_grad():
            latent = network.head_latent(network.encoder_backbone(images))
        return functional.mse_loss(network.decode(true_code, latent), turned)
    code, latent = network.encode(turned)
    return functional.mse_loss(network.decode(code, latent), turned) + functional.mse_loss(code, true_code)


def freeze_for(network: TypedAutoencoder, phase: int) -> list[nn.Parameter]:
    """Freezes what does not learn in `phase`; returns the rest."""
    network.requires_grad_(False)
    for module in learning_modules(network, phase):
        module.requires_grad_(True)
    return [parameter for parameter in network.parameters() if parameter.requires_grad]


def batches_in_memory(images: Tensor) -> Iterator[Tensor]:
    """Batches of shuffled images, without end."""
    while True:
        for indices in torch.randperm(len(images)).split(BATCH):
            yield images[indices]


def batches_of_a_loader(folder: Path) -> Iterator[Tensor]:
    """The same through torchvision's data set, image by image, from the uncompressed files."""
    from torchvision.datasets import MNIST
    from torchvision.transforms import ToTensor

    class Folder(MNIST):
        raw_folder = property(lambda self: str(self.root))

        def _check_exists(self) -> bool:
            return True

    with uncompressed(folder) as raw:
        data = Folder(root=raw, train=True, download=False, transform=ToTensor())
    loader = torch.utils.data.DataLoader(data, batch_size=BATCH, shuffle=True)
    while True:
        for images, _ in loader:
            yield images.flatten(1)


@contextlib.contextmanager
def uncompressed(folder: Path) -> Iterator[str]:
    """A temporary folder with the training files of `folder`, unpacked as torchvision reads them."""
    import gzip
    import tempfile

    with tempfile.TemporaryDirectory() as target:
        for name in ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"]:
            (Path(target) / name).write_bytes(gzip.decompress((folder / f"{name}.gz").read_bytes()))
        yield target


def turn_one_by_one(images: Tensor, angles: Tensor) -> Tensor:
    """Each image by itself with torchvision's `rotate`, as one writes it first."""
    from torchvision.transforms.functional import rotate

    squares = images.view(-1, 1, SIDE, SIDE)
    turned = [rotate(square, math.degrees(angle.item())) for square, angle in zip(squares, angles)]
    return torch.stack(turned).flatten(1)


def images_per_second(
    phase: int, batches: Iterator[Tensor], turning: Callable, fused: bool, window: float, rounds: int,
    compiled: bool = False
) -> float:
    """The median speed of one phase's loop over `rounds` windows of `window` seconds."""
    torch.manual_seed(1)
    network = TypedAutoencoder()
    optimizer = torch.optim.Adam(freeze_for(network, phase), lr=1e-3, fused=fused)
    loss_of = torch.compile(phase_loss) if compiled else phase_loss

    def step() -> int:
        images = next(batches)
        optimizer.zero_grad()
        loss_of(network, phase, images, turning).backward()
        optimizer.step()
        return len(images)

    def speed() -> float:
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < window:
            count += step()
        return count / (time.perf_counter() - start)

    # The first steps fill caches and compile.
    for _ in range(20):
        step()
    return statistics.median(speed() for _ in range(rounds))


def recipe(speeds: dict[int, float]) -> float:
    """Images per second of the whole recipe."""
    return sum(EPOCHS.values()) / sum(EPOCHS[phase] / speed for phase, speed in speeds.items())


def products() -> dict[str, float]:
    """GFLOP/s of each layer's forward and two backward products, hot, the best of many runs."""
    speeds = {}
    for inputs, outputs in WIDTHS:
        x, weight = torch.rand(BATCH, inputs), torch.rand(outputs, inputs)
        bias, gradient = torch.rand(outputs), torch.rand(BATCH, outputs)
        runs = {
            "forward": lambda: functional.linear(x, weight, bias),
            "input gradient": lambda: gradient @ weight,
            "weight gradient": lambda: gradient.t() @ x,
        }
        for name, run in runs.items():
            best = math.inf
            for _ in range(300):
                start = time.perf_counter()
                run()
                best = min(best, time.perf_counter() - start)
            speeds[f"{inputs}x{outputs} {name}"] = 2e-9 * BATCH * inputs * outputs / best
    return speeds


def measure(arguments: argparse.Namespace) -> dict:
    """Everything, for each number of threads."""
    images = read_images(arguments.data, "train")
    report = {"processor": processor(), "torch": torch.__version__, "training": [], "products": []}

    def add(way: str, threads: int, speeds: dict[int, float]) -> None:
        for phase, speed in [*speeds.items(), ("article", recipe(speeds))]:
            report["training"].append(
                {"way": way, "phase": str(phase), "threads": threads, "images_per_second": speed})
            print(f"{way}, phase {phase}, {threads} threads: {speed:.0f} images/s", file=sys.stderr, flush=True)

    for threads in arguments.threads:
        torch.set_num_threads(threads)
        turning = faster_turning(images)
        ways = {"in memory": False, **({"compiled": True} if arguments.compile else {})}
        for way, compiled in ways.items():
            add(way, threads, {
                phase: images_per_second(
                    phase, batches_in_memory(images), turning, True, arguments.window, 7, compiled)
                for phase in EPOCHS})
        if not arguments.skip_loader:
            add("image by image", threads, {
                phase: images_per_second(
                    phase, batches_of_a_loader(arguments.data), turn_one_by_one, False,
                    2 * arguments.window, 3)
                for phase in EPOCHS})
        for name, speed in products().items():
            report["products"].append({"name": name, "threads": threads, "gflops": speed})
            print(f"{name}, {threads} threads: {speed:.0f} GFLOP/s", file=sys.stderr)
    return report


def trained_by_program(program: str, folder: Path, epochs: list[int], threads: int) -> float:
    """Images per second of a whole training by the program, its start included."""
    with tempfile.TemporaryDirectory() as temporary:
        result = subprocess.run(
            [program, "train", "--data", folder, "--preset", "article", "--seed", "1",
             "--epochs", ",".join(map(str, epochs)), "--threads", str(threads), "--output", f"{temporary}/run"],
            capture_output=True, text=True, check=True)
    return float(re.search(r"(\d+) images/s in all", result.stdout + result.stderr)[1])


def trained_in_jax(folder: Path, epochs: list[int], threads: int) -> float:
    """Images per second of a whole training in JAX, in a process of its own."""
    result = subprocess.run(
        [sys.executable, Path(__file__).with_name("article_in_jax.py"), "--data", folder,
         "--epochs", *map(str, epochs), "--threads", str(threads)], capture_output=True, text=True, check=True)
    return json.loads(result.stdout)["article"]


def compare(arguments: argparse.Namespace) -> None:
    """Times the program, JAX and PyTorch in turns; prints a table of medians."""
    images = read_images(arguments.data, "train")
    epochs = dict(zip(EPOCHS, arguments.epochs))

    def in_memory(threads: int) -> float:
        torch.set_num_threads(threads)
        turning = faster_turning(images)
        return recipe({
            phase: images_per_second(
                phase, batches_in_memory(images), turning, True, arguments.window, 3) for phase in epochs})

    def by_loader(threads: int) -> float:
        torch.set_num_threads(threads)
        return recipe({
            phase: images_per_second(
                phase, batches_of_a_loader(arguments.data), turn_one_by_one, False, arguments.window, 1)
            for phase in epochs})

    program = arguments.compare
    sides = {
        "this program": lambda threads: trained_by_program(program, arguments.data, arguments.epochs, threads),
        f"JAX {version_of_jax()}": lambda threads: trained_in_jax(arguments.data, arguments.epochs, threads),
        f"PyTorch {torch.__version__}, in memory": in_memory,
    }
    if not arguments.skip_loader:
        sides["PyTorch, image by image"] = by_loader
    print(f"{processor()}, {os.cpu_count()} processors, medians of {arguments.rounds} rounds, images per second\n")
    print("| threads | " + " | ".join(sides) + " |\n| --- |" + " --- |" * len(sides))
    for threads in arguments.threads:
        speeds = {name: [] for name in sides}
        for _ in range(arguments.rounds):
            for name, run in sides.items():
                speeds[name].append(run(threads))
        medians = {name: statistics.median(values) for name, values in speeds.items()}
        ours = medians["this program"]
        cells = [f"{value:,.0f}" + (f" ({ours / value:.1f}×)" if value != ours else "") for value in medians.values()]
        print(f"| {threads} | " + " | ".join(cells) + " |", flush=True)


def version_of_jax() -> str:
    """The installed version of JAX."""
    from importlib.metadata import version

    return version("jax")


def processor() -> str:
    """The processor's name, where the system tells it."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def main() -> None:
    parser = argparse.ArgumentParser(description="Times the article's recipe in PyTorch.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train-images-idx3-ubyte.gz")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--window", type=float, default=0.5, help="seconds of a window")
    parser.add_argument("--compile", action="store_true", help="also under torch.compile")
    parser.add_argument("--skip-loader", action="store_true", help="leave out the way image by image")
    parser.add_argument("--compare", metavar="PROGRAM", help="train with latent-explorer, JAX and PyTorch in turns")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of --compare")
    parser.add_argument("--epochs", type=int, nargs=3, default=[5, 4, 4], help="epochs of --compare")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    if arguments.compare:
        compare(arguments)
        return
    report = measure(arguments)
    if arguments.json:
        print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
