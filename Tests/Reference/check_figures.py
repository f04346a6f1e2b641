"""Holds the figures that this program writes against Pillow.

    python check_figures.py FIGURE_CASES LATENT_EXPLORER

FIGURE_CASES and LATENT_EXPLORER are the built programs. Pillow must decode every PNG and every GIF frame of
FigureCases to exactly the pixels meant, and the frames of `render` to those of its own PNGs: a turning digit is
the same pictures as a sheet of its angles. SVG must be XML.
"""

import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

from PIL import Image


def frames(path):
    """The frames as bytes of red, green and blue, with their delays in milliseconds."""
    with Image.open(path) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            yield image.convert("RGB").tobytes(), image.info.get("duration")


def check_cases(program, folder):
    """Compares what Pillow reads with the pixels that stand beside each file."""
    subprocess.run([program, folder], check=True)
    files, count = sorted(folder.glob("*.png")) + sorted(folder.glob("*.gif")), 0
    assert files, "there are no cases"
    for path in files:
        meant = path.with_name(path.name.replace(".", "-") + ".raw").read_bytes()
        read = [pixels for pixels, _ in frames(path)]
        assert b"".join(read) == meant, f"{path.name}: other pixels"
        with Image.open(path) as image:
            assert len(meant) == 3 * image.width * image.height * len(read), f"{path.name}: other frames"
            image.load()
        count += len(read)
    print(f"{len(files)} files with {count} frames: every pixel as meant")


def render(program, *arguments):
    subprocess.run([program, "render", *arguments], check=True)


def check_turn(program, folder, model):
    """The frames of a turning digit are the cells of a sheet of as many angles, enlarged."""
    common = ["--model", model, "--classes", "7,3,9"]
    gif, png = folder / "turn.gif", folder / "sheet.png"
    for options, count, delay in [([], 36, 100), (["--smooth"], 120, 30), (["--truth"], 36, 100)]:
        if options == ["--truth"] and model != "digits":
            continue  # the images of other models are not at hand
        render(program, "turn", *common, *options, "--scale", "2", "--output", gif)
        truth = ["--truth"] if "--truth" in options else []
        render(program, "traversal", "--along", "rotation", *common, *truth, "--steps", str(count),
               "--no-labels", "--scale", "1", "--output", png)
        read = list(frames(gif))
        assert [delay] * count == [duration for _, duration in read], f"{model}: other delays"
        sheet = Image.open(png).convert("RGB")
        rows = 6 if truth else 3
        assert sheet.size == (29 * count + 1, 29 * rows + 1), f"{model}: a sheet of {sheet.size}"
        for number, (pixels, _) in enumerate(read):
            frame = Image.new("RGB", (3 * 28, rows // 3 * 28))
            for row in range(rows):
                cell = sheet.crop((29 * number + 1, 29 * row + 1, 29 * number + 29, 29 * row + 29))
                # In a sheet the truth stands below each digit; in a film below all of them.
                column, line = (row // 2, row % 2) if truth else (row, 0)
                frame.paste(cell, (28 * column, 28 * line))
            meant = frame.resize((frame.width * 2, frame.height * 2), Image.Resampling.NEAREST)
            assert pixels == meant.tobytes(), f"{model}: frame {number} is not that of the sheet"
    with Image.open(gif) as image:
        assert image.info["loop"] == 0, "the animation ends"
    print(f"{model}: turning digits are the pictures of a sheet, frame by frame")


def check_others(program, folder):
    """Figures in all forms open, and inverted ones are the opposite."""
    plain, inverted = folder / "plain.png", folder / "inverted.png"
    for command in (["grid", "--truth"], ["traversal", "--along", "z1"],
                    ["interpolation", "--classes", "3,8"]):
        render(program, *command, "--data", "digits", "--output", plain)
        render(program, *command, "--data", "digits", "--invert", "--output", inverted)
        opposite = bytes(255 - value for value in Image.open(plain).convert("RGB").tobytes())
        assert opposite == Image.open(inverted).convert("RGB").tobytes(), f"{command}: not the opposite"
    render(program, "map", "--data", "digits", "--count", "200", "--output", plain)
    assert Image.open(plain).size == (1440, 1120)
    render(program, "map", "--data", "digits", "--count", "200", "--output", folder / "map.svg")
    root = xml.etree.ElementTree.parse(folder / "map.svg").getroot()
    discs = root.findall("{http://www.w3.org/2000/svg}circle")
    assert len(discs) == 200 + 10, f"{len(discs)} discs"
    print("grids, traversals, interpolations and maps: sound, and inverted as asked")


def main():
    cases, program = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_cases(cases, folder / "cases")
        for model in ("digits", "mnist", "article", "four-coordinates", "fashion-mnist"):
            check_turn(program, folder, model)
        check_others(program, folder)


if __name__ == "__main__":
    main()
