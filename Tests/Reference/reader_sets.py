"""Pictures of the PNM family, and data sets in tables, IDX files, arrays and folders of pictures, for
`make_reader_corpus.py`; with what NumPy and Pillow read of them.

A data set is a file or a folder. Its contents are laid out as `InputVerdict` does: shape, class names, and each part
with its name, count, labels and pixels.
"""

import gzip
import io
import re
import struct

import numpy as np
from PIL import Image

# --- layout ---------------------------------------------------------------------------------------------


def layout(images, parts, class_names):
    """The contents of a data set: `parts` are names, labels and arrays of N×H×W or N×H×W×3 bytes."""
    shape = images.shape[1:]
    extents = [shape[1], shape[0], shape[2] if len(shape) > 2 else 1]
    contents = b"".join(",".join(map(str, texts)).encode() + b"\0" for texts in (extents, class_names))
    for name, labels, pixels in parts:
        texts = [name, str(len(pixels)), ",".join(str(int(label)) for label in labels)]
        contents += b"".join(text.encode() + b"\0" for text in texts)
        contents += pixels.astype("u1").tobytes(order="C")
    return contents


def numbered(labels):
    """The class names of labels without names."""
    return range(int(max(labels, default=-1)) + 1)


def as_bytes(values, factor, offset=0):
    """Numbers as bytes, rounded, computed in 32 bits."""
    scaled = values.astype("f4") * np.float32(factor) + np.float32(offset)
    return np.floor(scaled + np.float32(0.5)).clip(0, 255).astype("u1")


# --- PNM ------------------------------------------------------------------------------------------------


def saved_pnm(array):
    file = io.BytesIO()
    Image.fromarray(array).save(file, "PPM")
    return file.getvalue()


def pnm(magic, width, height, largest, samples, comment=""):
    """A file of the samples, in text or binary as the magic number says."""
    start = f"{magic}{comment}\n{width} {height}\n{largest}\n".encode()
    if magic in ("P2", "P3"):
        return start + "\n".join(" ".join(map(str, row)) for row in np.reshape(samples, (height, -1))).encode() + b"\n"
    return start + np.asarray(samples).astype(">u2" if largest > 255 else "u1").tobytes()


def pnm_files():
    numbers = np.random.default_rng(1)
    grey, colour = numbers.integers(0, 256, (8, 9), np.uint8), numbers.integers(0, 256, (8, 9, 3), np.uint8)
    kinds = [(magic, 1 if magic in ("P2", "P5") else 3) for magic in ("P2", "P3", "P5", "P6")]
    yield "00-saved", [saved_pnm(grey), saved_pnm(colour), saved_pnm(numbers.integers(0, 65536, (8, 9), np.uint16))]
    # Of an odd largest value no sample lies in the middle between two bytes.
    yield "00-largest", [
        pnm(magic, 9, 8, largest, numbers.integers(0, largest + 1, 72 * channels))
        for magic, channels in kinds for largest in (1, 3, 15, 31, 127, 255, 257, 4095, 65535)
    ]
    yield "00-middle", [pnm("P5", 11, 1, 10, range(11)), pnm("P2", 5, 1, 4, range(5))]
    yield "00-comment", [
        pnm("P5", 9, 8, 255, grey, "\n# by a camera\n# at 5 o'clock"), pnm("P2", 9, 8, 255, grey, " # a # b"),
        pnm("P6", 9, 8, 255, colour, "\n#\r"),
    ]
    yield "00-space", [
        b"P5\t2\r\n2 255 \n\r\t ", b"P5 2 2 255\n\n  #", b"P2 2 2 7 0 1\n\n2\t7", b"P2\n2 1\n255\n1 # first\n2 # second\n",
        # The pixels themselves look like text.
        b"P5 2 2 255 # 12",
    ]
    whole = pnm("P5", 9, 8, 255, grey)
    yield "28-magic", [b"P", b"P8" + whole[2:], b"Q5" + whole[2:], b"p5" + whole[2:]]
    yield "28-other-kind", [b"P1 2 2 0 1 1 0", b"P4 8 1 \xaa", b"P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nTUPLTYPE GRAYSCALE\nENDHDR\n\1"]
    yield "28-header", [
        start + b"\0" * 99 for start in (b"P5", b"P5 9", b"P5 9 8", b"P5 9 8 255", b"P5 -9 8 255 ", b"P5 9x8 255 ", b"P5 9 8.0 255 ")
    ]
    yield "28-largest", [f"P5 9 8 {largest} ".encode() + b"\0" * 200 for largest in (0, 65536, 2**32)]
    yield "28-no-size", [b"P5 0 8 255 ", b"P5 9 0 255 ", b"P5 2147483647 2147483647 255 \0"]
    yield "28-cut", [whole[:-1], whole[:40], pnm("P6", 9, 8, 255, colour)[:-1], pnm("P2", 9, 8, 255, grey)[:-8], pnm("P5", 9, 8, 999, grey)[:-1]]
    yield "28-left-over", [whole + b"x", whole + whole, pnm("P2", 9, 8, 255, grey) + b"7"]
    yield "28-beyond", [pnm("P2", 3, 1, 15, (0, 16, 3)), pnm("P2", 3, 1, 255, (0, 256, 3))]
    yield "28-beyond-binary", [pnm("P5", 3, 1, 15, (0, 16, 3)), pnm("P5", 3, 1, 999, (0, 1000, 3))]
    yield "28-no-number", [b"P2 3 1 255 1 b 3", b"P2 3 1 255 1 -2 3", b"P2 3 1 255 1 2.5 3"]


def pnm_contents(file):
    """Extents and pixels of what Pillow reads; 16 bits by 257, rounded."""
    with Image.open(io.BytesIO(file), formats=["PPM"]) as image:
        image.load()
        values = np.asarray(image).astype(np.int64)
        if image.mode.startswith("I"):
            values = (values * 255 + 32767) // 65535
        elif image.mode == "1":
            values *= 255
        channels = values.shape[2] if values.ndim > 2 else 1
        return f"{image.width},{image.height},{channels}".encode() + b"\0" + values.astype("u1").tobytes()


# --- tables -----------------------------------------------------------------------------------------------


def table(columns, form="%d", delimiter=",", names=None, packed=False):
    file = io.BytesIO()
    header = "" if names is None else delimiter.join(names)
    np.savetxt(file, columns, fmt=form, delimiter=delimiter, header=header, comments="")
    return gzip.compress(file.getvalue(), mtime=0) if packed else file.getvalue()


def table_sets():
    """Kind, name and contents of each set, and what reads it."""
    numbers = np.random.default_rng(2)
    count = 8
    labels = np.resize(numbers.permutation(10), count)[:, None]
    grey = numbers.integers(0, 256, (count, 64))
    grey[0, :2], grey[1, -1] = (255, 0), 254
    named = ["label"] + [f"pixel{place}" for place in range(64)]
    first, last = np.hstack([labels, grey]), np.hstack([grey, labels])

    def read(where, factor=1, offset=0, skip=0, delimiter=",", channels=1, transposed=False):
        return lambda path: table_contents([(path, "all")], where, factor, offset, skip, delimiter, channels, transposed)

    yield "00-table", "kaggle.csv", table(first, names=named), read("first", skip=1)
    yield "00-table", "kaggle-test.csv", table(grey, names=named[1:]), read("none", skip=1)
    yield "00-table", "first.csv", table(first), read("first")
    yield "00-table", "last.csv", table(last), read("last")
    yield "00-table", "openml.csv", table(last, names=named[1:] + ["class"]), read("last", skip=1)
    yield "00-table", "none.csv", table(grey), read("none")
    yield "00-table", "packed.csv.gz", table(first, packed=True), read("first")
    yield "00-table", "semicolons.csv", table(first, delimiter=";"), read("first", delimiter=";")
    yield "00-table", "tabs.tsv", table(last, delimiter="\t"), read("last", delimiter="\t")
    yield "00-table", "ends.csv", table(first, names=named).replace(b"\n", b"\r\n"), read("first", skip=1)
    yield "00-table", "colour.csv", table(np.hstack([labels, numbers.integers(0, 256, (count, 192))])), read("first", channels=3)
    sixteen = np.clip(grey // 15, 0, 16)
    sixteen[:, 0], sixteen[0, 1] = 0, 16
    yield "00-table", "optdigits.csv", table(np.hstack([sixteen, labels])), read("last", factor=255 / 16)
    floats = np.hstack([labels, numbers.uniform(-1, 1, (count, 64))])
    yield "00-table", "zip.train", table(floats, form="%.4f", delimiter=" "), read("first", 127.5, 127.5, delimiter=None)
    yield "00-table", "unit.csv", table(np.hstack([numbers.uniform(0, 1, (count, 64)), labels]), form="%.9g"), read("last", 255)
    one_hot = np.hstack([grey > 127, np.eye(10)[labels[:, 0]]])
    yield "00-table", "semeion.data", table(one_hot, form="%.4f", delimiter=" "), read("one-hot", 255, delimiter=None)
    yield "00-table", "emnist", {"emnist-digits-train.csv": table(first)}, lambda folder: table_contents(
        [(folder / "emnist-digits-train.csv", "all")], "first", 1, 0, 0, ",", 1, True)
    splits = {"mnist_train.csv": table(first, names=named), "mnist_test.csv": table(first[::-1], names=named)}
    yield "00-table", "splits", splits, lambda path: table_contents(
        [(path / "mnist_train.csv", "train"), (path / "mnist_test.csv", "test")], "first", 1, 0, 1, ",", 1, False)

    lines = table(first).splitlines(keepends=True)
    bad = read("first")
    yield "29-table", "short-row.csv", b"".join(lines[:3]) + b"1,2,3\n", bad
    yield "29-table", "long-row.csv", b"".join(lines[:3]) + lines[3][:-1] + b",7\n", bad
    yield "29-table", "word.csv", b"".join(lines[:3]) + lines[3].replace(b",", b",x", 1), bad
    yield "29-table", "hole.csv", b"".join(lines[:3]) + lines[3].replace(b",", b",,", 1), bad
    yield "29-table", "columns.csv", table(grey[:, :60]), bad
    yield "29-table", "no-rows.csv", table(first[:0], names=named), read("first", skip=1)
    yield "29-table", "empty.csv", b"", bad
    yield "29-table", "packed-cut.csv.gz", table(first, packed=True)[:-9], bad


def table_contents(files, where, factor, offset, skip, delimiter, channels, transposed):
    parts = []
    for path, name in files:
        rows = np.loadtxt(path, delimiter=delimiter, skiprows=skip, ndmin=2)
        if not len(rows):
            raise ValueError("no rows")
        pixels = {"first": rows[:, 1:], "last": rows[:, :-1], "none": rows, "one-hot": rows[:, :-10]}[where]
        labels = {"first": rows[:, 0], "last": rows[:, -1], "none": [], "one-hot": rows[:, -10:].argmax(1)}[where]
        side = int((pixels.shape[1] // channels) ** 0.5)
        # A number of columns that is not that of squares is an error here too.
        images = pixels.reshape((-1, side, side) + ((3,) if channels == 3 else ()))
        images = images.swapaxes(1, 2) if transposed else images
        parts.append((name, labels, as_bytes(images, factor, offset)))
    return layout(parts[0][2], parts, numbered([label for _, labels, _ in parts for label in labels]))


# --- IDX and arrays -----------------------------------------------------------------------------------------


def array_sets():
    numbers = np.random.default_rng(3)
    images = numbers.integers(0, 256, (10, 8, 9), np.uint8)
    labels = numbers.permutation(10).astype("u1")

    def idx(array):
        return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()

    files = {
        "train-images-idx3-ubyte": idx(images[:6]), "train-labels-idx1-ubyte": idx(labels[:6]),
        "t10k-images-idx3-ubyte": idx(images[6:]), "t10k-labels-idx1-ubyte": idx(labels[6:]),
    }
    yield "00-idx", "plain", files, idx_contents
    yield "00-idx", "packed", {f"{name}.gz": gzip.compress(file, mtime=0) for name, file in files.items()}, idx_contents
    yield "00-idx", "unpacked", {name.replace("-idx", ".idx"): file for name, file in files.items()}, idx_contents
    yield "28-idx", "counts", files | {"t10k-labels-idx1-ubyte": idx(labels[5:])}, idx_contents
    yield "28-idx", "cut", files | {"train-images-idx3-ubyte": idx(images[:6])[:-1]}, idx_contents

    def npy(array):
        file = io.BytesIO()
        np.save(file, array)
        return file.getvalue()

    colour = numbers.integers(0, 256, (5, 8, 9, 3), np.uint8)
    for name, array, factor in (
        ("u1", images, 1), ("fortran", np.asfortranarray(images), 1), ("u2", images.astype("u2") * 257, 1 / 257),
        ("big-u2", images.astype(">u2") * 257, 1 / 257), ("f4", (images / 255).astype("f4"), 255), ("f8", images / 1.0, 1),
        ("bool", images > 99, 255), ("colour", colour, 1), ("rows", images[:, :, :8].reshape(10, 64), 1),
    ):
        yield "00-npy", f"{name}.npy", npy(array), lambda path, factor=factor: npy_contents(path, factor)
    yield "27-npy", "cut.npy", npy(images)[:-1], lambda path: npy_contents(path, 1)
    yield "27-npy", "object.npy", npy(np.array([{}])), lambda path: npy_contents(path, 1)


def idx_contents(folder):
    parts = []
    for start, name in (("train", "train"), ("t10k", "test")):
        arrays = []
        for what in ("images", "labels"):
            path, = folder.glob(f"{start}-{what}*")
            file = path.read_bytes()
            file = gzip.decompress(file) if path.suffix == ".gz" else file
            extents = struct.unpack_from(f">{file[3]}I", file, 4)
            arrays.append(np.frombuffer(file, "u1", offset=4 + 4 * file[3]).reshape(extents))
        if len(arrays[0]) != len(arrays[1]):
            raise ValueError("counts differ")
        parts.append((name, arrays[1], arrays[0]))
    return layout(parts[0][2], parts, range(10))


def npy_contents(path, factor):
    images = np.load(path, allow_pickle=False)
    images = images.reshape(-1, 8, 8) if images.ndim == 2 else images
    return layout(images, [("all", [], as_bytes(images, factor))], [])


# --- folders of pictures ------------------------------------------------------------------------------------


def saved(array, file_format="PNG", mode=None, **options):
    file = io.BytesIO()
    image = Image.fromarray(array)
    (image.convert(mode) if mode else image).save(file, file_format, **options)
    return file.getvalue()


def folder_sets(pictures):
    """Kind, name and files of each set; `pictures` are PNG files of 28×28 pixels, each kind with its name."""
    numbers = np.random.default_rng(4)

    def drawn(*shape):
        return numbers.integers(0, 256, shape or (8, 9), np.uint8)

    for name, files in pictures:
        yield "00-pictures", name, {f"{index}.png": file for index, file in enumerate(files)}, folder_contents
    modes = {"1": (8, 9), "L": (8, 9), "LA": (8, 9, 2), "P": (8, 9, 3), "RGB": (8, 9, 3), "RGBA": (8, 9, 4)}
    for mode, shape in modes.items():
        files = {f"{label}/{index}.png": saved(drawn(*shape), mode=mode) for label in "ab" for index in (1, 2)}
        yield "00-folder", f"png-{mode}", files, folder_contents
    yield "00-folder", "png-16", {f"{n}.png": saved(numbers.integers(0, 65536, (8, 9), np.uint16)) for n in (1, 2)}, folder_contents
    classes = {f"{label}/{index}.png": saved(drawn()) for label in ("0", "1", "2") for index in range(3)}
    yield "00-folder", "classes", classes, folder_contents
    yield "00-folder", "flat", {f"{index}.png": saved(drawn()) for index in range(12)}, folder_contents
    splits = {f"{part}/{label}/{index}.png": saved(drawn()) for part in ("train", "val", "test") for label in ("cat", "dog") for index in (1, 2)}
    yield "00-folder", "splits", splits, folder_contents
    order = {f"{label}/{index}.png": saved(drawn()) for label in ("10", "2", "B", "a") for index in (10, 9)}
    yield "00-folder", "order", order, folder_contents
    yield "00-folder", "hidden", classes | {".cache/1.png": b"none", "0/.1.png": b"none", "0/Thumbs.db": b"\1", "notes.txt": b"a"}, folder_contents
    yield "00-folder", "pnm", {"1.pgm": saved_pnm(drawn()), "2.PGM": pnm("P2", 9, 8, 255, drawn()), "3.pgm": saved_pnm(numbers.integers(0, 65536, (8, 9), np.uint16))}, folder_contents
    yield "00-folder", "mixed", {"1.png": saved(drawn()), "2.ppm": saved_pnm(drawn(8, 9, 3)), "3.png": saved(drawn(8, 9, 4)), "4.pgm": saved_pnm(drawn())}, folder_contents
    yield "00-folder", "sizes", {f"{n}.png": saved(drawn(*shape)) for n, shape in enumerate([(8, 12), (12, 12), (12, 9), (11, 12)])}, folder_contents
    yield "00-folder", "grown", {f"{n}.png": saved(drawn(*shape)) for n, shape in enumerate([(8, 8), (12, 12), (9, 7), (8, 5, 3)])}, folder_contents
    yield "28-folder", "empty", {"readme.txt": b"nothing"}, folder_contents
    yield "28-folder", "cut", {"1.png": saved(drawn()), "2.png": saved(drawn())[:-30]}, folder_contents
    yield "28-folder", "no-picture", {"1.png": saved(drawn()), "2.png": b"not a picture"}, folder_contents
    yield "28-folder", "beside", {"1.png": saved(drawn()), "a/2.png": saved(drawn())}, folder_contents
    yield "28-folder", "bmp", {f"{n}.bmp": saved(drawn(), "BMP") for n in (1, 2)}, folder_contents


PARTS = {"train": "train", "val": "validation", "test": "test"}
ENDINGS = (".png", ".pgm", ".ppm", ".bmp")


def natural(name):
    """A key for sorting by the numbers in names, without regard to case."""
    return [(0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in re.findall(r"\d+|\D+", name.lower())]


def visible(folder):
    return sorted((path for path in folder.iterdir() if not path.name.startswith(".")), key=lambda path: natural(path.name))


def folder_contents(folder):
    """What Pillow reads of the pictures, arranged as torchvision's ImageFolder does, but in natural order: 2 before 10, a before B."""
    tops = visible(folder)
    splits = [path for path in tops if path.is_dir() and path.name in PARTS]
    groups, names = [], set()
    for part in [path for name in PARTS for path in splits if path.name == name] or [folder]:
        classes = [path for path in visible(part) if path.is_dir()]
        pictures = [path for path in visible(part) if path.suffix.lower() in ENDINGS]
        if classes and pictures:
            raise ValueError("pictures beside folders")
        found = [(path.name, file) for path in classes for file in visible(path) if file.suffix.lower() in ENDINGS]
        names |= {name for name, _ in found}
        groups.append((PARTS.get(part.name, "all"), found or [(None, file) for file in pictures]))
    names = sorted(names, key=natural)
    images = {file: picture_pixels(file) for _, files in groups for _, file in files}
    if not images:
        raise ValueError("no pictures")
    is_colour = any(pixels.ndim > 2 for pixels in images.values())
    sizes = {pixels.shape[:2] for pixels in images.values()}
    for file, pixels in images.items():
        pixels = np.repeat(pixels[:, :, None], 3, 2) if is_colour and pixels.ndim == 2 else pixels
        images[file] = pixels if len(sizes) == 1 else squared(pixels, max(map(max, sizes)))
    parts = [
        (part, [names.index(name) for name, _ in files if name], np.stack([images[file] for _, file in files]))
        for part, files in groups
    ]
    return layout(parts[0][2], parts, names)


def picture_pixels(path):
    """The grey or RGB bytes of a picture, what is transparent over black."""
    with Image.open(path) as image:
        image.load()
        if image.mode.startswith("I"):
            return ((np.asarray(image).astype(np.int64) * 255 + 32767) // 65535).astype("u1")
        values = np.asarray(image.convert("RGBA")).astype(np.int64)
        values = (values[:, :, :3] * values[:, :, 3:] + 127) // 255
        palette = np.reshape(image.getpalette() or [0], (-1, 3 if image.mode == "P" else 1))
        # Pillow makes colours of grey with alpha in 16 bits.
        is_grey = (palette == palette[:, :1]).all() if image.mode == "P" else is_stored_grey(path)
        return (values[:, :, 0] if is_grey else values).astype("u1")


def is_stored_grey(path):
    file = path.read_bytes()
    return file[25] in (0, 4) if file.startswith(b"\x89PNG") else file[:2] in (b"P2", b"P5")


def squared(pixels, side):
    """The picture in the middle of a black square, enlarged to the side by Pillow's bilinear filter."""
    height, width = pixels.shape[:2]
    inner = max(height, width)
    square = np.zeros((inner, inner) + pixels.shape[2:], "f4")
    top, left = (inner - height) // 2, (inner - width) // 2
    square[top : top + height, left : left + width] = pixels
    planes = square.reshape(inner, inner, -1).transpose(2, 0, 1)
    grown = [np.asarray(Image.fromarray(plane).resize((side, side), Image.Resampling.BILINEAR)) for plane in planes]
    return as_bytes(np.stack(grown, 2), 1).reshape((side, side) + pixels.shape[2:])
