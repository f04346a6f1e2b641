"""Makes files and data sets, sound and broken, for all readers of images and weights, with verdicts.

    venv/bin/python make_reader_corpus.py FOLDER [--small]

The references are the package `safetensors`, NumPy, Python's gzip and Pillow. FOLDER/files gets the files of one
format, FOLDER/sets the data sets, and FOLDER/reference.json for each of them the digest of what the reference reads,
or null where it refuses.
The names begin with the number of the case (see Tests/CASES.md; 00 is sound, 99 damaged at random) and say by
their end what a file should be. All is drawn from one seed; `--small` leaves out all but a few files of each
kind, the same bytes under the same names.
"""

import argparse
import gzip
import io
import json
import pathlib
import random
import struct
import warnings
import zlib

import numpy as np
import safetensors
import safetensors.numpy
from PIL import Image

import reader_sets

ELEMENT_SIZES = {"F32": 4, "F16": 2, "BF16": 2, "F64": 8}


# --- safetensors ---------------------------------------------------------------------------------------


def prefixed(header, data=b""):
    header = header.encode() if isinstance(header, str) else header
    return struct.pack("<Q", len(header)) + header + data


def entry(name="a", dtype='"F32"', shape="[1]", offsets="[0,4]"):
    return f'"{name}":{{"dtype":{dtype},"shape":{shape},"data_offsets":{offsets}}}'


def one(data=b"\0\0\x80\x3f", **fields):
    return prefixed("{" + entry(**fields) + "}", data)


def sound_tensors(generator):
    """A sound file with random tensors, in an order and with spaces of its own."""
    names = generator.sample(["w", "b", "encoder.0.weight", "é", "漢字", "", " ", "a\\nb", "\\u0041", "x" * 80], 4)
    entries, data = [], b""
    for name in names[: generator.randint(0, 4)]:
        dtype = generator.choice(list(ELEMENT_SIZES))
        shape = [generator.randint(0, 4) for _ in range(generator.randint(0, 3))]
        size = ELEMENT_SIZES[dtype] * int(np.prod(shape, dtype=np.int64))
        fields = [
            f'"dtype":"{dtype}"',
            '"shape":[' + generator.choice([",", ", "]).join(map(str, shape)) + "]",
            f'"data_offsets":[{len(data)},{len(data) + size}]',
        ]
        generator.shuffle(fields)
        entries.append(f'"{name}":{{' + ",".join(fields) + "}")
        data += generator.randbytes(size)
    if generator.random() < 0.4:
        entries.append('"__metadata__":{"k":"v","é":"\\ud83d\\ude00\\n","e":""}')
    generator.shuffle(entries)
    header = "{" + generator.choice([",", ", ", "\n ,\t"]).join(entries) + "}"
    return prefixed(header + " " * generator.randint(0, 9), data)


def damaged(generator, file):
    """The file with a few changes: bits, bytes, a cut or something more."""
    file = bytearray(file)
    for _ in range(generator.randint(1, 3)):
        place = generator.randrange(len(file)) if file else 0
        change = generator.randrange(5)
        if change == 0 and file:
            file[place] ^= 1 << generator.randrange(8)
        elif change == 1 and file:
            file[place] = generator.choice(b'"\\{}[]:,0159-+.eE u\0\x7f')
        elif change == 2:
            del file[place:]
        elif change == 3:
            file[place:place] = generator.randbytes(generator.randint(1, 4))
        elif file:
            del file[place]
    return bytes(file)


def safetensors_files(generator):
    four = b"\0\0\x80\x3f"
    yield "01-prefix", [b"", b"\2", prefixed("{}")[:7]]
    yield "01-length", [
        struct.pack("<Q", length) + b"{}" for length in (0, 1, 3, 100_000_000, 100_000_001, 2**63, 2**64 - 1)
    ]
    texts = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xe2\x82", b"\xf4\x90\x80\x80"]
    yield "02-utf8", [prefixed(b'{"' + text + entry()[2:].encode() + b"}", four) for text in texts]
    yield "02-bom", [prefixed("\ufeff{}")]
    yield "02-surrogate", [one(name=name) for name in (r"\ud800", r"\udc00", r"\ud800\ud800", r"\ud83dx")]
    yield "02-control", [one(name=name) for name in ("\n", "\0", "\x1f", "\t")] + [one(name="\x7f")]
    yield "03-no-object", [prefixed(text) for text in ("[]", "null", '"a"', "1", "", "   ")]
    yield "03-junk", [prefixed(text) for text in ("{}x", "{} {}", "{}\0", "{}// a", "/* */{}", "{}\f", "{}\0\0")]
    yield "03-comma", [prefixed(text) for text in ("{,}", '{"__metadata__":{},}')] + [one(shape="[1,]")]
    yield "03-number", [one(shape=shape) for shape in ("[NaN]", "[01]", "[+1]", "[0x1]", "[1e0]", "[-0]", "[1.]")]
    yield "03-nesting", [
        prefixed(text)
        for depth in (200, 100_000)
        for text in ("[" * depth, '{"a":' * depth, '{"a":{"shape":' + "[" * depth)
    ]
    yield "03-field-nesting", [prefixed('{"a":{"x":' + "[" * depth + "]" * depth + "}}") for depth in (3, 200)]
    yield "04-duplicate", [
        prefixed("{" + entry() + "," + entry() + "}", four),
        prefixed("{" + entry() + "," + entry(name=r"\u0061") + "}", four),
        prefixed('{"__metadata__":{"a":"b","a":"c"}}'),
        prefixed('{"__metadata__":{},"__metadata__":{}}'),
        prefixed('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', four),
    ]
    yield "04-canonical", [
        prefixed("{" + entry(name="\u00e9") + "," + entry(name="e\u0301", offsets="[4,8]") + "}", four * 2),
        prefixed('{"__metadata__":{"\u00e9":"b","e\u0301":"c"}}'),
    ]
    yield "04-metadata", [
        prefixed('{"__metadata__":' + value + "}")
        for value in ("[]", '"a"', "1", '{"a":1}', '{"a":null}', '{"a":{}}', '{"a":["b"]}', "true")
    ]
    yield "04-metadata-null", [prefixed('{"__metadata__":null}')]
    yield "05-dtype", [one(dtype=dtype) for dtype in ('"f32"', '"F128"', '""', "null", "32", '["F32"]')]
    yield "05-missing", [
        prefixed('{"a":{' + fields + "}}", four)
        for fields in ('"dtype":"F32","shape":[1]', '"dtype":"F32","data_offsets":[0,4]', '"shape":[1]', "")
    ]
    yield "05-unknown-field", [
        prefixed('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],' + field + "}}", four)
        for field in ('"stride":[1]', '"x":null', '"Dtype":"F32"')
    ]
    yield "05-no-tensor", [prefixed('{"a":' + value + "}") for value in ("null", "1", '"F32"', "[]")]
    yield "05-tensor-as-list", [prefixed('{"a":["F32",[1],[0,4]]}', four)]
    yield "05-shape", [
        one(shape=shape)
        for shape in ("[-1]", "[1.0]", "[true]", '["1"]', "[null]", "[[1]]", "1", "null", "{}", "[18446744073709551616]")
    ]
    yield "05-other-dtype", [
        one(b"\0" * size, dtype=f'"{dtype}"', offsets=f"[0,{size}]")
        for dtype, size in [("I8", 1), ("U8", 1), ("BOOL", 1), ("I16", 2), ("I32", 4), ("I64", 8), ("U64", 8)]
    ]
    yield "06-offsets", [
        one(offsets=offsets)
        for offsets in (
            "[]", "[0]", "[0,4,8]", "[4,0]", "[-4,0]", "[0,4.0]", '[0,"4"]', "null", "4", "[0,18446744073709551616]",
            "[0,9223372036854775808]", "[18446744073709551612,0]", '{"begin":0,"end":4}',
        )
    ]
    yield "06-size", [
        one(shape="[2]"), one(shape="[0]"), one(dtype='"F64"'), one(b"\0" * 3, offsets="[0,3]"),
        one(b"", shape="[]", offsets="[0,0]"),
    ]
    yield "06-product", [
        one(shape=shape) for shape in ("[9223372036854775807]", "[4294967296,4294967296]", "[4611686018427387904,4]")
    ]
    yield "06-product-zero", [one(b"", shape="[9223372036854775807,2,0]", offsets="[0,0]")]
    yield "07-hole", [
        one(four * 2, offsets="[4,8]"),
        prefixed("{" + entry(offsets="[0,4]") + "," + entry(name="b", offsets="[8,12]") + "}", four * 3),
    ]
    yield "07-overlap", [
        prefixed("{" + entry() + "," + entry(name="b") + "}", four),
        prefixed("{" + entry(shape="[2]", offsets="[0,8]") + "," + entry(name="b", offsets="[4,8]") + "}", four * 2),
        prefixed("{" + ",".join(entry(name=str(n)) for n in range(100_000)) + "}", four),
    ]
    yield "07-data", [one(four + b"\0"), one(four[:3]), one(b""), prefixed("{}", b"\0"), one(four * 2)]
    yield "00-sound", [
        prefixed("{}"), prefixed('{"__metadata__":{}}'), one(shape="[]"), one(shape="[1,1,1]"),
        one(b"\0\0\xc0\x7f"), one(b"\1\0\x80\x7f"), one(b"", shape="[3,0]", offsets="[0,0]"),
        prefixed("{" + entry(name="b", offsets="[4,8]") + "," + entry() + "}", four * 2),
        prefixed("{" + ",".join(entry(name=str(n), shape="[0]", offsets="[0,0]") for n in range(2000)) + "}"),
        one(b"\0\x3c", dtype='"F16"', offsets="[0,2]"), one(b"\x80\x3f", dtype='"BF16"', offsets="[0,2]"),
        one(struct.pack("<d", 0.1), dtype='"F64"', offsets="[0,8]"), one(struct.pack("<d", 1e300), dtype='"F64"', offsets="[0,8]"),
        prefixed("{" + entry() + "}  ", four), prefixed("{" + entry() + "}\t\n\r", four), one(name="__meta"),
    ]
    yield "00-space-before", [prefixed(" \n\t{" + entry() + " } ", four)]
    yield "00-random", [sound_tensors(generator) for _ in range(40)]
    yield "99-damaged", [damaged(generator, sound_tensors(generator)) for _ in range(70)]
    yield "99-other", [
        b"hello, this is a text and no model", b"<!DOCTYPE html><title>404</title>", b"PK\3\4" + b"\0" * 60,
        gzip.compress(b"abc" * 99, mtime=0), b"\x93NUMPY\1\0v\0{'descr': '<f4'}", b"\0" * 64, b"\x80\2}q\0.",
    ]


def safetensors_contents(file, path):
    """What the reference reads, laid out as `InputVerdict` does."""
    tensors = safetensors.deserialize(file)
    with safetensors.safe_open(path, framework="numpy") as opened:
        metadata = opened.metadata() or {}
    layout = b""
    for key in sorted(metadata, key=str.encode):
        layout += key.encode() + b"\0" + metadata[key].encode() + b"\0"
    for name, info in sorted(tensors, key=lambda tensor: tensor[0].encode()):
        layout += name.encode() + b"\0" + ",".join(map(str, info["shape"])).encode() + b"\0"
        values = elements(info["dtype"], bytes(info["data"]))
        layout += np.where(np.isnan(values), np.float32("nan"), values).astype("<f4").tobytes()
    return layout


def elements(dtype, data):
    if dtype == "BF16":
        return (np.frombuffer(data, "<u2").astype("<u4") << 16).view("<f4")
    types = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
             "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "u1", "BOOL": "?"}
    with np.errstate(over="ignore", invalid="ignore"):
        return np.frombuffer(data, types[dtype]).astype("<f4")


# --- IDX ------------------------------------------------------------------------------------------------


def idx(*extents, kind=8, count=None, data=b""):
    dimensions = len(extents) if count is None else count
    return bytes([0, 0, kind, dimensions]) + b"".join(struct.pack(">I", extent) for extent in extents) + data


def images(generator, count, rows=28, columns=28):
    return idx(count, rows, columns, data=bytes(generator.choices([0, 0, 0, 255, 127], k=count * rows * columns)))


def idx_files(generator):
    """Kind, what it is about ("images" or "labels"), files."""
    image = images(generator, 1)
    yield "09-header", "images", [image[:size] for size in (0, 1, 2, 3, 4, 7, 8, 15, 16)]
    yield "09-header", "labels", [idx(2)[:size] for size in (0, 3, 5, 8)]
    yield "09-magic", "images", [b"\0\1" + image[2:], b"\1\0" + image[2:], b"GIF8" + image[4:]]
    yield "09-type", "images", [image[:2] + bytes([kind]) + image[3:] for kind in (0, 9, 11, 12, 13, 14, 255)]
    yield "09-dimensions", "images", [image[:3] + bytes([count]) + image[4:] for count in (0, 1, 2, 4, 255)]
    yield "09-dimensions", "labels", [idx(1, 1, data=b"\1"), idx(count=0, data=b"\1"), image]
    most = 2**32 - 1
    yield "10-huge", "images", [idx(most, 28, 28), idx(1, most, most), idx(most, most, most), idx(1_000_000, 28, 28)]
    yield "10-huge", "labels", [idx(most), idx(1_000_001, data=b"\0" * 9)]
    yield "10-size", "images", [image[:-1], image + b"\0", images(generator, 2)[:-784], image + image]
    yield "10-size", "labels", [idx(3, data=b"\1\2"), idx(3, data=b"\1\2\3\4")]
    yield "10-none", "images", [idx(0, 28, 28), idx(0, 0, 0)]
    yield "10-none", "labels", [idx(0)]
    yield "10-label-beyond", "labels", [idx(2, data=b"\1\x0a"), idx(1, data=b"\xff")]
    yield "10-not-28", "images", [images(generator, 1, 28, 27), images(generator, 1, 14, 56), images(generator, 1, 1, 1)]
    yield "00-sound", "images", [images(generator, count) for count in (1, 2, 3, 5)]
    yield "00-sound", "labels", [idx(count, data=bytes(generator.choices(range(10), k=count))) for count in (1, 9, 300)]
    yield "99-damaged", "labels", [damaged(generator, idx(5, data=b"\0\1\2\3\4")) for _ in range(20)]
    yield "99-damaged", "images", [damaged(generator, images(generator, 1)) for _ in range(10)]


def idx_contents(file, about):
    dimension_count = {"images": 3, "labels": 1}[about]
    if file[:4] != bytes([0, 0, 8, dimension_count]):
        raise ValueError("another magic number")
    extents = np.frombuffer(file, ">u4", count=dimension_count, offset=4).astype(object)
    return np.frombuffer(file, "u1", offset=4 + 4 * dimension_count).reshape(tuple(map(int, extents))).tobytes()


# --- gzip -----------------------------------------------------------------------------------------------


def member(contents, flags=0, extra=b"", method=8, level=6):
    compressor = zlib.compressobj(level, zlib.DEFLATED, -15)
    data = compressor.compress(contents) + compressor.flush()
    header = b"\x1f\x8b" + bytes([method, flags]) + b"\0" * 6 + extra
    return header + data + struct.pack("<II", zlib.crc32(contents), len(contents))


def gzip_files(generator):
    contents = bytes(generator.choices(b"abcdefgh", k=300))
    whole = member(contents)
    yield "11-magic", [b"\x1e" + whole[1:], b"\x1f\x8c" + whole[2:], b"plain text", contents]
    yield "11-method", [member(contents, method=method) for method in (0, 7, 9, 255)]
    yield "11-flags", [member(contents, flags=flags) for flags in (0x20, 0x40, 0x80, 0xE0)]
    yield "11-checksum", [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:] for at in range(-8, -4)]
    yield "11-length", [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:] for at in range(-4, -1)] + [
        whole[:-1] + bytes([whole[-1] ^ 1])
    ]
    yield "11-cut", [whole[:size] for size in (1, 2, 3, 9, 10, 11, 50, len(whole) - 9, len(whole) - 8, len(whole) - 1)]
    yield "11-empty", [b""]
    yield "11-trailing", [whole + tail for tail in (b"\1", b"garbage", b"\x1f", whole[:1] + b"\0", b"\0\1")]
    yield "11-trailing-zeros", [whole + b"\0" * count for count in (1, 2, 512)]
    yield "11-member-cut", [whole + whole[:size] for size in (2, 10, 60, len(whole) - 1)]
    yield "11-members", [whole * 2, member(b"") + whole, whole + member(b""), member(contents, level=0) + whole * 3]
    header = b"\x1f\x8b\x08\x02" + b"\0" * 6
    check = struct.pack("<H", zlib.crc32(header) & 0xFFFF)
    yield "11-fields", [
        member(contents, 8, b"name\0"), member(contents, 16, b"comment\0"), member(contents, 4, b"\3\0abc"),
        member(contents, 1), member(contents, 2, check), member(contents, 8 | 16 | 4, b"\1\0xn\0c\0"),
        member(contents, 8, b"\0"), member(contents, 4, b"\0\0"),
    ]
    yield "11-header-check", [member(contents, 2, b"\1\2")]
    yield "11-bomb", [member(b"\0" * 2_000_000, level=9)]
    yield "12-page", [b"<!DOCTYPE html><title>404</title>", b"\n <html>"]
    yield "00-sound", [member(b""), member(b"a"), member(generator.randbytes(500))] + [
        member(contents, level=level) for level in (0, 1, 9)
    ]
    yield "99-damaged", [damaged(generator, whole) for _ in range(25)]


# --- NumPy ------------------------------------------------------------------------------------------------


def npy(text, data=b"", version=(1, 0)):
    text = text.encode("latin-1") if isinstance(text, str) else text
    length = struct.pack("<H" if version[0] == 1 else "<I", len(text))
    return b"\x93NUMPY" + bytes(version) + length + text + data


def described(descr="'<f4'", shape="(2,)", order="False", data=b"\0\0\x80\x3f\0\0\0\xc0", version=(1, 0)):
    return npy(f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n", data, version)


def saved(generator, fortran=False):
    """What NumPy writes of a random array."""
    shape = [generator.randint(0, 4) for _ in range(generator.randint(0, 4))]
    array = np.array(generator.choices([0, 1, -2.5, 0.1, 255], k=int(np.prod(shape)))).reshape(shape)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        array = array.astype(generator.choice(["u1", "<f2", "<f4", "<f8", ">f2", ">f4", ">f8"]))
    file = io.BytesIO()
    version = generator.choice([(1, 0), (2, 0), (3, 0), None])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.lib.format.write_array(file, np.asfortranarray(array) if fortran else array, version)
    return file.getvalue()


def npy_files(generator):
    whole = described()
    yield "27-magic", [b"", b"\x93NUMPX" + whole[6:], b"plain text, and long enough", b"PK\5\6" + b"\0" * 18]
    yield "27-version", [described(version=version) for version in ((0, 0), (1, 1), (4, 0), (255, 0))]
    yield "27-cut", [whole[:size] for size in (1, 6, 7, 8, 9, 10, 30, len(whole) - 9, len(whole) - 8, len(whole) - 1)]
    yield "27-long-header", [
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}" + " " * 9_990, whole[-8:]),
        b"\x93NUMPY\2\0\xff\xff\xff\xff",
    ]
    yield "27-malformed", [
        npy(text, whole[-8:])
        for text in (
            "", "{", "{}x", "[]", "null", "{'descr'}", "{'descr': '<f4'", "{'descr': '<f4' 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} {}", "{'descr: 1}", "\0", b"\xff\xfe",
        )
    ]
    yield "27-keys", [
        npy(text, whole[-8:])
        for text in (
            "{}", "{'descr': '<f4', 'fortran_order': False}", "{'descr': '<f4', 'shape': (2,)}",
            "{'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'order': 1}",
        )
    ]
    yield "27-duplicate-key", [npy("{'shape': (3,), 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", whole[-8:])]
    yield "27-order", [described(order=order) for order in ("0", "1", "None", "'C'", "true")]
    yield "27-shape", [
        described(shape=shape) for shape in ("(2)", "[2]", "2", "(2.0,)", "('2',)", "(None,)", "(-2,)", "(02,)", "(2,,)")
    ]
    yield "27-bool-shape", [described(shape="(True, 2)")]
    yield "27-python-number", [described(shape=shape) for shape in ("(0x2,)", "(+2,)", "(0_2,)", "(2_0,)", "(2L,)")]
    yield "27-huge", [
        described(shape=shape)
        for shape in ("(1000000000000,)", "(9223372036854775807,)", "(9223372036854775808,)", "(4294967296, 4294967296)")
    ]
    yield "27-huge-zero", [described(shape="(9223372036854775807, 2, 0)", data=b"")]
    yield "27-object", [described(descr="'|O'"), described(descr="'O'")]
    yield "27-unknown-type", [described(descr=descr) for descr in ("'<f3'", "'x'", "''", "'<u1 '", "4", "None", "'f44'")]
    yield "27-other-type", [
        described(descr=f"'{descr}'", data=b"\0" * size)
        for descr, size in [("<i4", 8), ("|b1", 2), ("<i8", 16), ("<u2", 4), ("|i1", 2)]
    ] + [described(descr="[('a', '<f4')]")]
    yield "27-type-name", [described(descr=descr) for descr in ("'f4'", "'=f4'", "'|f4'", "'float32'", "'single'")]
    yield "27-left-over", [whole + b"\0", whole + whole]
    yield "00-sound", [
        described(shape="()", data=b"\0\0\x80\x3f"), described(shape="(1, 2)"), described(shape="(2, 1,)"),
        described(shape="(0,)", data=b""), described(shape="(3, 0)", data=b""), described(data=b"\0\0\xc0\x7f" * 2),
        described(order="True"), described(descr='"<f4"'), described(version=(2, 0)), described(version=(3, 0)),
        npy(" {'shape':(2,),\t'fortran_order':False,\n'descr':'<f4'}  \n", whole[-8:]),
    ]
    yield "00-random", [saved(generator) for _ in range(40)]
    yield "00-fortran", [saved(generator, fortran=True) for _ in range(20)]
    yield "99-damaged", [damaged(generator, saved(generator)) for _ in range(60)]
    yield "00-types", [typed(descr, fortran) for descr in TYPES for fortran in (False, True)]


TYPES = ["|b1", "|u1", "|i1"] + [
    order + kind for order in "<>" for kind in ("u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8")
]


def typed(descr, fortran):
    """What NumPy writes of 24 numbers of a type, in up to 4 dimensions."""
    size = np.dtype(descr).itemsize
    top = 250 if size == 1 else 60000
    numbers = np.arange(24) * 977 % top - (0 if descr[1] in "ub" else top // 2)
    file = io.BytesIO()
    array = numbers.astype(descr).reshape(((24,), (6, 4), (2, 3, 4), (2, 3, 2, 2))[size % 4])
    np.lib.format.write_array(file, np.asfortranarray(array) if fortran else array)
    return file.getvalue()


def npy_contents(file):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about files of Python 2
        array = np.load(io.BytesIO(file), allow_pickle=False)
    if not isinstance(array, np.ndarray):
        raise ValueError("an archive")
    with np.errstate(over="ignore", invalid="ignore"):
        values = array.astype("<f4")
    values = np.where(np.isnan(values), np.float32("nan"), values).astype("<f4")
    return ",".join(map(str, array.shape)).encode() + b"\0" + values.tobytes(order="C")


# --- data sets in NPZ -------------------------------------------------------------------------------------

class Pipe:
    """A file that is only written to, for which zipfile writes sizes after the data."""

    def __init__(self):
        self.bytes = b""

    def write(self, data):
        self.bytes += bytes(data)
        return len(data)

    def flush(self):
        pass

    # NumPy tells files by it from paths.
    read = None


def npz(compressed=True, pipe=False, **arrays):
    file = Pipe() if pipe else io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **arrays)
    return file.bytes if pipe else file.getvalue()


def npz_files():
    numbers = np.random.default_rng(0)
    x = numbers.integers(0, 256, (6, 8, 9), np.uint8)
    y = np.array([3, 0, 1, 1, 2, 9])
    colour = numbers.integers(0, 256, (6, 8, 8, 3), np.uint8)
    keras = {"x_test": x[4:], "x_train": x[:4], "y_train": y[:4].astype("u1"), "y_test": y[4:].astype("u1")}
    yield "00-npz", [
        npz(**keras), npz(compressed=False, **keras),
        npz(
            train_images=colour[:3], train_labels=y[:3, None], val_images=colour[3:4], val_labels=y[3:4, None],
            test_images=colour[4:], test_labels=y[4:, None]),
        npz(pipe=True, **keras),
        npz(images=x / 255, labels=y.astype(">i4")), npz(imgs=x.astype(">u2") * 257, target=y.astype("f4")),
        npz(data=np.asfortranarray(x), targets=y), npz(arr_0=x > 99), npz(arr_0=(x > 99).astype("u1")),
        npz(pictures=np.ascontiguousarray(np.moveaxis(colour, 3, 1)).astype("<i4"), classes=y.astype("i1")),
        npz(x=x.astype("f2") / np.float16(127.5) - np.float16(1)), npz(x=(x % 17).astype("f8"), y=np.eye(10, dtype="u1")[y]),
        npz(images=x, labels=y, meta=np.array({"a": 1}, dtype=object), names=np.array(["a", "b"])),
    ]
    whole = npz(**keras)
    damage = bytearray(whole)
    damage[200] ^= 4
    yield "27-npz", [whole[:-1], whole[:300], b"", bytes(damage)]


PARTS = {"train": "train", "val": "validation", "test": "test"}


def npz_contents(file):
    """What NumPy reads, laid out as a data set."""
    arrays = np.load(io.BytesIO(file), allow_pickle=False)
    found = {}
    for key in arrays.files:
        part = next((PARTS[word] for word in key.split("_") if word in PARTS), "all")
        try:
            array = arrays[key]
        except ValueError:
            continue
        if array.dtype.kind in "US":
            continue
        found.setdefault(part, {})["images" if array.ndim >= 3 else "labels"] = array
    top = max(arrays["images"].max() for arrays in found.values())
    parts = []
    for part in ("train", "validation", "test", "all"):
        if part not in found:
            continue
        images, labels = found[part]["images"], found[part].get("labels")
        if images.ndim == 4 and images.shape[1] == 3:
            images = np.moveaxis(images, 1, 3)
        low = min(float(array["images"].min()) for array in found.values())
        if images.dtype.kind == "b" or (images.dtype == np.uint8 and top <= 1):
            values = images * np.float32(255)
        elif images.dtype == np.uint8:
            values = images
        elif images.dtype.kind == "u" and top > 255:
            values = images.astype("f8") / 257
        elif low < 0:
            values = images.astype("f4") * np.float32(127.5) + np.float32(127.5)
        else:
            values = images.astype("f4") * np.float32(255 if top <= 1 else 255 / 16 if top <= 16 else 1)
        numbers = [] if labels is None else labels.argmax(1) if labels.ndim == 2 and labels.shape[1] > 1 else labels.ravel()
        parts.append((part, numbers, np.floor(values + 0.5).clip(0, 255).astype("u1")))
    return reader_sets.layout(parts[0][2], parts, reader_sets.numbered([n for _, numbers, _ in parts for n in numbers]))


# --- PNG --------------------------------------------------------------------------------------------------

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(name, data=b"", check=0):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data) ^ check)


def header(color, depth, width=28, height=28, methods=(0, 0, 0)):
    return chunk(b"IHDR", struct.pack(">IIBB", width, height, depth, color) + bytes(methods))


def row(generator, color, depth, count):
    """The bytes of `count` pixels; of 16 bits, those that are the same in 8."""
    bits = count * depth * SAMPLES[color]
    data = generator.randbytes((bits + 7) // 8) if depth < 16 else b"".join(
        bytes([byte]) * 2 for byte in generator.randbytes(bits // 16))
    return data


def lines(generator, color, depth, interlaced=False, filters=(0, 1, 2, 3, 4)):
    """All scan lines, with filters drawn at random: whatever bytes follow are some picture."""
    passes = ADAM7 if interlaced else [(0, 0, 1, 1)]
    # A filtered row of random bytes is no row of equal pairs, nor of colours in the palette.
    filters = filters if depth < 16 and color != 3 else (0,)
    return b"".join(
        bytes([generator.choice(filters)]) + row(generator, color, depth, len(range(x, 28, x_step)))
        for x, y, x_step, y_step in passes for _ in range(y, 28, y_step))


def png(start, data, between=b"", end=chunk(b"IEND")):
    return SIGNATURE + start + between + chunk(b"IDAT", zlib.compress(data)) + end


def palette(generator, depth):
    return chunk(b"PLTE", generator.randbytes(3 << depth))


def picture(generator, color, depth, interlaced=False, transparent=False):
    between = palette(generator, depth) if color == 3 else b""
    data = lines(generator, color, depth, interlaced)
    if transparent:
        key = generator.randbytes(1 << depth) if color == 3 else b"\0" + data[1:2] if color == 0 else (
            b"\0" + data[1:2] + b"\0" + data[2:3] + b"\0" + data[3:4])
        between += chunk(b"tRNS", key)
    return png(header(color, depth, methods=(0, 0, int(interlaced))), data, between)


def png_files(generator):
    kinds = [(color, depth) for color, depths in DEPTHS.items() for depth in depths]
    grey = png(header(0, 8), lines(generator, 0, 8))
    start, data = SIGNATURE + header(0, 8), chunk(b"IDAT", zlib.compress(lines(generator, 0, 8)))
    end = chunk(b"IEND")
    yield "28-magic", [b"", SIGNATURE[:7], b"GIF89a" + grey[6:], b"\x89PNG\n" + grey[5:]]
    yield "28-cut", [grey[:size] for size in (8, 12, 20, 32, 33, 40, 60, len(grey) - 100)]
    yield "28-no-end", [grey[:-12], grey[:-4]]
    yield "28-checksum", [SIGNATURE + chunk(b"IHDR", header(0, 8)[8:21], 1) + data + end, start + chunk(b"tEXt", b"a\0b", 1) + data + end]
    yield "28-data-checksum", [start + data[:-1] + bytes([data[-1] ^ 1]) + end]
    yield "28-no-header", [SIGNATURE + data + end, SIGNATURE + end]
    yield "28-header-length", [SIGNATURE + chunk(b"IHDR", b"\0" * 12) + data + end, SIGNATURE + chunk(b"IHDR") + data + end]
    yield "28-two-headers", [start + header(0, 8) + data + end]
    yield "28-depth", [png(header(color, depth), lines(generator, 0, 8)) for color, depth in ((0, 3), (1, 8), (2, 4), (5, 8), (7, 8), (3, 16), (4, 4))]
    yield "28-method", [png(header(0, 8, methods=methods), lines(generator, 0, 8)) for methods in ((1, 0, 0), (0, 1, 0), (0, 0, 2))]
    yield "28-size", [png(header(0, 8, 4, 4), b"\0\1\2\3\4" * 4), png(header(0, 8, 28, 27), lines(generator, 0, 8)[: 29 * 27])]
    yield "28-no-size", [png(header(0, 8, 0, 28), b""), png(header(0, 8, 2**31 - 1, 2**31 - 1), b"\0")]
    yield "28-pixels-short", [png(header(0, 8), lines(generator, 0, 8)[:-1]), png(header(0, 8), b""), png(header(0, 8), lines(generator, 0, 8)[:300])]
    yield "28-pixels-long", [png(header(0, 8), lines(generator, 0, 8) + b"\0"), png(header(0, 8), lines(generator, 0, 8) + b"\0" * 100_000)]
    yield "28-no-zlib", [start + chunk(b"IDAT", b"no zlib at all") + end, start + chunk(b"IDAT") + end, start + end]
    yield "28-after-zlib", [start + chunk(b"IDAT", data[8:-4] + b"more") + end]
    yield "28-filter", [png(header(0, 8), lines(generator, 0, 8, filters=(5, 255)))]
    yield "28-no-palette", [png(header(3, 8), lines(generator, 3, 8))]
    yield "28-palette-short", [png(header(3, 8), lines(generator, 3, 8), chunk(b"PLTE", b"\1\2\3"))]
    yield "28-palette-length", [png(header(3, 8), lines(generator, 3, 8), chunk(b"PLTE", b"\1" * size)) for size in (1, 767)]
    yield "28-palette-long", [png(header(3, 1), lines(generator, 3, 1), chunk(b"PLTE", b"\1" * 9))]
    yield "28-palette-of-grey", [png(header(0, 8), lines(generator, 0, 8), chunk(b"PLTE", b"\1\2\3"))]
    yield "28-transparency-length", [png(header(0, 8), lines(generator, 0, 8), chunk(b"tRNS", b"\1")), png(header(2, 8), lines(generator, 2, 8), chunk(b"tRNS", b"\1\2"))]
    yield "28-transparency-misplaced", [png(header(4, 8), lines(generator, 4, 8), chunk(b"tRNS", b"\0\1")), start + data + chunk(b"tRNS", b"\0\1") + end]
    yield "28-critical", [start + chunk(b"ABCD", b"x") + data + end]
    yield "28-name", [start + chunk(b"a1cd", b"x") + data + end, start + chunk(b"\0\0\0\0") + data + end]
    yield "28-gap", [start + data[:0] + chunk(b"IDAT", data[8:20]) + chunk(b"tIME", b"\0" * 7) + chunk(b"IDAT", data[20:-4]) + end]
    yield "28-left-over", [grey + b"\0", grey + grey]
    yield "28-key-below-8-bits", [png(header(0, depth), lines(generator, 0, depth), chunk(b"tRNS", b"\0\1")) for depth in (2, 4)]
    yield "00-sound", [picture(generator, color, depth) for color, depth in kinds]
    yield "00-interlaced", [picture(generator, color, depth, interlaced=True) for color, depth in kinds]
    yield "00-transparent", [picture(generator, color, depth, transparent=True) for color, depth in kinds if color == 3 or (color in (0, 2) and depth == 8)]
    pieces = [data[8:-4][at: at + 50] for at in range(0, len(data) - 12, 50)]
    yield "00-pieces", [start + b"".join(chunk(b"IDAT", piece) for piece in pieces) + end, start + chunk(b"tEXt", b"a\0b") + chunk(b"gAMA", b"\0\0\xb1\x8f") + data + end]
    yield "00-saved", [saved_png(generator, mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")]
    yield "99-damaged", [damaged(generator, picture(generator, *generator.choice(kinds))) for _ in range(60)]


def saved_png(generator, mode):
    """What Pillow writes of a random picture."""
    shape = {"LA": (28, 28, 2), "RGB": (28, 28, 3), "RGBA": (28, 28, 4)}.get(mode, (28, 28))
    values = np.frombuffer(generator.randbytes(int(np.prod(shape))), "u1").reshape(shape)
    if mode == "I;16":
        image = Image.fromarray(values.astype("<u2") * 257)
    elif mode in ("1", "P"):
        image = Image.fromarray(values).convert(mode)
    else:
        image = Image.fromarray(values)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def png_contents(file):
    """Pillow's greys, what is transparent as background."""
    with Image.open(io.BytesIO(file), formats=["PNG"]) as image:
        image.load()
        if image.mode.startswith("I"):
            values = np.asarray(image).astype(np.int64)
            grey, alpha = (values * 255 + 32767) // 65535, np.where(values == image.info.get("transparency"), 0, 255)
        else:
            colors = image.convert("RGBA")
            alpha = np.asarray(colors.getchannel("A")).astype(np.int64)
            grey = np.asarray(colors.convert("RGB").convert("L")).astype(np.int64)
        return ((grey * alpha + 127) // 255).astype("u1").tobytes()


# --- all ------------------------------------------------------------------------------------------------


def corpus():
    """Name and bytes of every file; the kind is the name up to its number."""
    generator = random.Random(20260)
    for kind, files in safetensors_files(generator):
        for number, file in enumerate(files):
            yield kind, f"{kind}-{number:02}.safetensors", file
    for kind, about, files in idx_files(generator):
        for number, file in enumerate(files):
            yield f"{kind}-{about}", f"{kind}-{number:02}-{about}", file
            if number % 2 == 0:
                yield f"{kind}-{about}-gz", f"{kind}-{number:02}-{about}.gz", member(file)
    for kind, files in gzip_files(generator):
        for number, file in enumerate(files):
            yield f"{kind}-gz", f"{kind}-{number:02}.gz", file
            if number == 0 and not file.startswith(b"<"):
                yield f"{kind}-images-gz", f"{kind}-{number:02}-images.gz", file
    for kind, files in npy_files(generator):
        for number, file in enumerate(files):
            yield f"{kind}-npy", f"{kind}-{number:02}.npy", file
    for kind, files in png_files(generator):
        for number, file in enumerate(files):
            yield f"{kind}-png", f"{kind}-{number:02}.png", file
    for kind, files in npz_files():
        for number, file in enumerate(files):
            yield kind, f"{kind}-{number:02}.npz", file
    for kind, files in reader_sets.pnm_files():
        for number, file in enumerate(files):
            yield f"{kind}-pnm", f"{kind}-{number:02}.pnm", file


def data_sets():
    """Kind, name, contents and reference of every data set: the bytes of a file, or those of each file of a folder."""
    generator = random.Random(20261)
    pictures = [
        (f"{color}-{depth}" + "-interlaced" * interlaced, [picture(generator, color, depth, interlaced) for _ in range(2)])
        for color, depths in DEPTHS.items() for depth in depths for interlaced in (False, True)
    ]
    for sets in (reader_sets.table_sets(), reader_sets.array_sets(), reader_sets.folder_sets(pictures)):
        for kind, name, contents, reference in sets:
            yield kind, f"{kind}-{name}", contents, reference


def write_set(path, contents):
    if isinstance(contents, bytes):
        path.write_bytes(contents)
        return
    for name, file in contents.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(file)


def small(files):
    """One of each kind and more of the sound ones, none that is large, and few in both forms of IDX."""
    counts = {}
    for kind, name, file in files:
        counts[kind] = counts.get(kind, 0) + 1
        is_twin = kind.endswith(("-images-gz", "-labels-gz")) and not kind.startswith("00")
        if counts[kind] <= (4 if kind.startswith("00") else 1) and len(file) <= 4000 and not is_twin:
            yield kind, name, file


def digest(contents):
    return f"{len(contents)}:{zlib.crc32(contents)}"


def verdict(path):
    """The digest of what the reference reads, or None."""
    file = path.read_bytes()
    try:
        if path.suffix == ".safetensors":
            return digest(safetensors_contents(file, path))
        if path.suffix in (".npy", ".npz", ".png", ".pnm"):
            # All throw whatever their inner parts do.
            try:
                contents = {
                    ".npy": npy_contents, ".npz": npz_contents, ".png": png_contents, ".pnm": reader_sets.pnm_contents}
                return digest(contents[path.suffix](file))
            except Exception:
                return None
        if path.suffix == ".gz":
            file = gzip.decompress(file)
        for about in ("images", "labels"):
            if about in path.name:
                file = idx_contents(file, about)
        return digest(file)
    except (safetensors.SafetensorError, ValueError, OSError, EOFError, zlib.error):
        return None


def set_verdict(path, reference):
    """The digest of what the reference reads of a data set, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about tables without rows
            return digest(reference(path))
    except Exception:
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--small", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.folder / "files"
    folder.mkdir(parents=True)
    files = corpus()
    names = []
    for _, name, file in small(files) if arguments.small else files:
        (folder / name).write_bytes(file)
        names.append(name)
    verdicts = {name: verdict(folder / name) for name in sorted(names)}
    sets = arguments.folder / "sets"
    sets.mkdir()
    for kind, name, contents, reference in data_sets():
        files = [contents] if isinstance(contents, bytes) else contents.values()
        if arguments.small and sum(map(len, files)) > 2500:
            continue
        write_set(sets / name, contents)
        verdicts[name] = set_verdict(sets / name, reference)
    text = json.dumps(verdicts, indent=0, ensure_ascii=False)
    (arguments.folder / "reference.json").write_text(text + "\n")
    sound = sum(verdict is not None for verdict in verdicts.values())
    print(f"{len(verdicts)} files and sets, {sound} of them sound to the reference")


if __name__ == "__main__":
    main()
