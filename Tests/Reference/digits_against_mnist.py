"""Holds the built-in digits against MNIST: pixels, principal components, neighbours and a sheet to look at.

    python digits_against_mnist.py DIGITS MNIST [--labels DIGITS_LABELS MNIST_LABELS] [--sheet SHEET.png]

All inputs are IDX files, plain or .gz, of at least 12,000 images each: the two training splits will do. The
first 10,000 images are learned from and the next 2,000 are measured. It needs numpy, and Pillow for the sheet.

It prints, for both sets and as a ratio: the mean and the standard deviation of the pixels in [0, 1], and the
mean squared error per pixel after keeping the first 5, 16 and 32 principal components. With labels it prints
the accuracy of three nearest neighbours from each set to the other. It fails when a ratio lies outside of
0.75 to 1.25.
"""

import argparse
import gzip
import sys

import numpy

LEARNED, MEASURED = 10_000, 2_000
DIMENSIONS = (5, 16, 32)
TOLERANCE = 0.25


def read_idx(path):
    """The array of bytes in an IDX file."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        data = file.read()
    rank = data[3]
    shape = numpy.frombuffer(data, ">u4", rank, 4)
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * rank).reshape(shape)


def split(images):
    """Rows of pixels in [0, 1] to learn from and to measure."""
    if len(images) < LEARNED + MEASURED:
        sys.exit(f"{LEARNED + MEASURED} images are needed, not {len(images)}")
    pixels = images[: LEARNED + MEASURED].reshape(LEARNED + MEASURED, -1) / 255
    return pixels[:LEARNED], pixels[LEARNED:]


def figures(images):
    """The figures of one set by name."""
    learned, measured = split(images)
    mean = learned.mean(axis=0)
    _, directions = numpy.linalg.eigh(numpy.cov(learned.T, bias=True))
    result = {"pixel mean": learned.mean(), "pixel deviation": learned.std()}
    for dimension in DIMENSIONS:
        kept = directions[:, -dimension:]
        rest = (measured - mean) - (measured - mean) @ kept @ kept.T
        result[f"PCA error at {dimension}"] = (rest**2).mean()
    return result


def neighbour_accuracy(images, labels, other_images, other_labels):
    """How often three nearest neighbours in one set name the digits of another; the nearest breaks ties."""
    learned, _ = split(images)
    _, measured = split(other_images)
    truth = other_labels[LEARNED : LEARNED + MEASURED]
    distances = (learned**2).sum(axis=1) - 2 * measured @ learned.T
    first, second, third = labels[numpy.argsort(distances, axis=1)[:, :3]].T
    return (numpy.where(second == third, second, first) == truth).mean()


def write_sheet(digits, mnist, path, rows=10, columns=20):
    """Writes a shuffled sheet of both sets, half of each."""
    from PIL import Image

    half = rows * columns // 2
    both = numpy.concatenate([digits[:half], mnist[:half]])
    shuffled = both[numpy.random.default_rng(1).permutation(len(both))]
    tiles = shuffled.reshape(rows, columns, 28, 28).transpose(0, 2, 1, 3)
    sheet = Image.fromarray(255 - tiles.reshape(rows * 28, columns * 28))
    sheet.resize((columns * 56, rows * 56), Image.Resampling.BICUBIC).save(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("digits", help="images of the built-in digits")
    parser.add_argument("mnist", help="images of MNIST")
    parser.add_argument("--labels", nargs=2, metavar=("DIGITS_LABELS", "MNIST_LABELS"))
    parser.add_argument("--sheet", help="PNG file to write")
    options = parser.parse_args()
    digits, mnist = read_idx(options.digits), read_idx(options.mnist)

    close = True
    ours, theirs = figures(digits), figures(mnist)
    for name in ours:
        ratio = ours[name] / theirs[name]
        close = close and abs(ratio - 1) <= TOLERANCE
        print(f"{name:17} digits {ours[name]:.4f}  MNIST {theirs[name]:.4f}  ratio {ratio:.3f}")
    if options.labels:
        digit_labels, mnist_labels = map(read_idx, options.labels)
        there = neighbour_accuracy(digits, digit_labels, mnist, mnist_labels)
        back = neighbour_accuracy(mnist, mnist_labels, digits, digit_labels)
        print(f"3 nearest neighbours: digits to MNIST {there:.4f}, MNIST to digits {back:.4f}")
    if options.sheet:
        write_sheet(digits, mnist, options.sheet)
    return 0 if close else 1


if __name__ == "__main__":
    sys.exit(main())
