"""Holds `encode`, `decode` and model files against PyTorch, NumPy and pandas, by the article on files.

    venv/bin/python check_exchange.py LATENT_EXPLORER ARTICLE

It needs torch, safetensors, numpy and pandas. LATENT_EXPLORER is the built program, ARTICLE is `Files.md`. Every
command and every piece of Python in the article runs as it is printed, in its order and in one folder, in which
only an `article.pth` is made beforehand: a state dictionary, then a checkpoint that holds one. The results are
then compared: latents and pictures of this program with PyTorch's, for those models and for the bundled ones.
"""

import argparse
import os
import pathlib
import re
import subprocess
import tempfile

import numpy
import torch
from safetensors.torch import load_file
from torch.nn import functional

import evaluate_model
import typed_autoencoder

TOLERANCE = 1e-5
MODELS = pathlib.Path(__file__).parents[2] / "assets" / "models"


def snippets(article):
    """("sh" or "python", text) of every piece of code in the article, in order."""
    text = article.read_text()
    pattern = r"^```python\n(?P<python>(?:(?!```)[^\n]*\n)*)```|(?P<sh>(?:^    [^\n]*\n)+)"
    for match in re.finditer(pattern, text, flags=re.M):
        kind = match.lastgroup
        yield kind, match[kind] if kind == "python" else re.sub(r"^    ", "", match[kind], flags=re.M)


def make_article():
    """The article's module, trained for a few steps of each phase."""
    torch.manual_seed(1)
    network = typed_autoencoder.TypedAutoencoder()
    images = torch.rand(64, 28, 28).clamp(0.5).sub(0.5).mul(2).flatten(1)
    for phase in (1, 2, 3):
        optimizer = typed_autoencoder.optimizer_for(network, phase, learning_rate=1e-3)
        for _ in range(10):
            angles = torch.rand(64, dtype=torch.float64) * 6
            loss = typed_autoencoder.phase_losses(network, phase, images, angles)["total"]
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def largest(ours, theirs):
    return float(numpy.abs(numpy.asarray(ours) - numpy.asarray(theirs)).max())


def check(name, difference, tolerance=TOLERANCE):
    print(f"{name}: largest difference {difference:.1e}")
    assert difference <= tolerance, f"{name}: {difference} is more than {tolerance}"


def code(degrees):
    """Cosine and sine of angles in degrees, which have no jump where a turn ends."""
    radians = numpy.deg2rad(numpy.asarray(degrees, dtype=numpy.float64))
    return numpy.stack([numpy.cos(radians), numpy.sin(radians)], axis=-1)


class Exchange:
    """The program, run in a folder."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, *arguments):
        subprocess.run([self.program, *map(str, arguments)], check=True, cwd=self.folder)

    def encode(self, model, images):
        numpy.save(self.folder / "in.npy", images)
        self.run("encode", "--model", model, "in.npy", "--output", "out.npy")
        return numpy.load(self.folder / "out.npy")

    def decode(self, model, latents):
        numpy.save(self.folder / "in.npy", latents)
        self.run("decode", "--model", model, "in.npy", "--output", "out.npy")
        return numpy.load(self.folder / "out.npy")


def check_snippets(exchange, article):
    """Runs the article's code; returns the names that its Python has defined."""
    names = {}
    counts = {"sh": 0, "python": 0}
    environment = dict(os.environ, PATH=f"{exchange.program.parent}:{os.environ['PATH']}")
    for kind, text in snippets(article):
        counts[kind] += 1
        if kind == "sh":
            subprocess.run(["bash", "-euc", text], check=True, cwd=exchange.folder, env=environment)
        else:
            exec(compile(text, article.name, "exec"), names)
    assert min(counts.values()) > 0, f"the article has too few snippets: {counts}"
    print(f"{article.name}: {counts['sh']} pieces of shell and {counts['python']} of Python run as printed")
    return names


def check_checkpoint(network, article):
    """The snippet that converts `article.pth` also reads a checkpoint with the weights in it."""
    torch.save({"model_state_dict": network.state_dict(), "epoch": 3}, "article.pth")
    converting = [text for kind, text in snippets(article) if kind == "python" and "article.pth" in text]
    assert len(converting) == 1, f"{len(converting)} snippets read article.pth"
    exec(compile(converting[0], article.name, "exec"), {})


def check_article(exchange, model, network, images):
    """The program and the article's module say the same of one model."""
    with torch.no_grad():
        theirs, latent = network.encode(torch.from_numpy(images).flatten(1))
        ours = exchange.encode(model, images)
        check(f"{model}: codes", largest(code(ours[:, 0]), theirs))
        check(f"{model}: latents", largest(ours[:, 1:], latent))
        pictures = network.decode(torch.from_numpy(code(ours[:, 0])).float(), torch.from_numpy(ours[:, 1:]))
        check(f"{model}: pictures", largest(exchange.decode(model, ours).reshape(len(ours), -1), pictures))


def same_tensors(path, state):
    found = load_file(path)
    return found.keys() == state.keys() and all(torch.equal(found[name], values) for name, values in state.items())


def check_conversions(exchange, network):
    """The lines that an error prints convert what training code saves."""
    state = network.state_dict()
    optimizer = torch.optim.Adam(network.parameters())
    transposed = {name: values.t().contiguous().t() if values.dim() == 2 else values for name, values in state.items()}
    saved = {
        "plain": state,
        "article": {"epoch": 3, "model_state_dict": state, "optimizer_state_dict": optimizer.state_dict(), "loss": 0.5},
        "lightning": {"state_dict": {f"model.{name}": values for name, values in state.items()}, "epoch": 3},
        "transposed": transposed,
        "views": dict(zip(state, torch.cat([v.flatten() for v in state.values()]).split([v.numel() for v in state.values()]))),
    }
    saved["views"] = {name: values.view(state[name].shape) for name, values in saved["views"].items()}
    for name, contents in saved.items():
        for ending, options in ((".pth", {}), (".pt", {"_use_new_zipfile_serialization": False})):
            path = exchange.folder / f'the "{name}" model{ending}'
            torch.save(contents, path, **options)
            refusal = subprocess.run([exchange.program, "inspect", path], capture_output=True, text=True)
            lines = [line.strip() for line in refusal.stderr.splitlines() if line.startswith("  ")]
            assert refusal.returncode == 1 and len(lines) == 2, refusal.stderr
            for line in lines:
                exec(line, globals())
            converted = path.with_suffix(".safetensors")
            prefix = "model." if name == "lightning" else ""
            assert same_tensors(converted, {prefix + key: values for key, values in state.items()}), path
            exchange.run("inspect", converted)
    print(f"conversion: {2 * len(saved)} files by the lines of the error")


def check_bundled(exchange, path, images):
    """The same of a bundled model, against the reader of all networks."""
    model = evaluate_model.Model(path)
    kinds = [coordinate.kind for coordinate in model.coordinates]
    ours = exchange.encode(path, images)
    with torch.no_grad():
        pose, latent = model.encode(torch.from_numpy(images).flatten(1))
        for column, coordinate in enumerate(model.coordinates):
            theirs = getattr(pose, coordinate.field)
            if coordinate.kind == "rotation":
                check(f"{path.name}: rotation", largest(code(ours[:, column]), code(theirs.rad2deg())))
            else:
                check(f"{path.name}: {coordinate.kind}", largest(ours[:, column], theirs))
        check(f"{path.name}: latents", largest(ours[:, len(kinds):], latent), 1e-4)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("article", type=pathlib.Path)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    program, article = arguments.program.resolve(), arguments.article.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        exchange = Exchange(program, folder)
        os.chdir(folder)
        network = make_article()
        torch.save(network.state_dict(), "article.pth")
        names = check_snippets(exchange, article)

        images = numpy.load("images.npy")
        check_article(exchange, "run/model.safetensors", names["network"], images)
        check_article(exchange, "article.safetensors", network, images)
        for saves in ("a state dictionary", "a checkpoint"):
            if saves == "a checkpoint":
                check_checkpoint(network, article)
            for tensor, values in network.state_dict().items():
                assert torch.equal(load_file("article.safetensors")[tensor], values), f"{saves}: {tensor} has changed"
        check_conversions(exchange, network)
        for path in sorted(MODELS.glob("*.safetensors")):
            check_bundled(exchange, path, images)

        lines = pathlib.Path("run/metrics.jsonl").read_text().splitlines()
        metrics = names["metrics"]
        assert len(metrics) == len(lines) > 0 and metrics.loss.notna().all(), "pandas reads other metrics"
        table = names["latents"]
        assert list(table.columns)[:2] == ["rotation", "z1"] and (table.dtypes == "float64").all()
        print(f"pandas: {len(metrics)} lines of metrics, {len(table)} rows of latents")


if __name__ == "__main__":
    main()
