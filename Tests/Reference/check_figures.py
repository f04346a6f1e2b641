"""Holds the figures that this program writes against Pillow.

    python check_figures.py FIGURE_CASES LATENT_EXPLORER

FIGURE_CASES and LATENT_EXPLORER are the built programs. Pillow must decode every PNG and every GIF frame of
FigureCases to exactly the pixels meant, and the frames of `render` to those of its own PNGs: a turning digit is
the same pictures as a sheet of its angles. What the explorer writes, on a pseudo-terminal, must be what `render`
draws. SVG must be XML; the shapes of a screen must be its cells.
"""

import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
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
    screens = sorted(folder.glob("*.svg"))
    for path in screens:
        meant = path.with_name(path.name.replace(".", "-") + ".raw").read_bytes()
        columns, rows = map(int, path.stem.split("x"))
        found = half_cells(path)
        read = [found[column, row] for row in range(2 * rows) for column in range(columns)]
        assert bytes(byte for color in read for byte in color) == meant, f"{path.name}: other colours"
    assert screens, "there are no screens"
    print(f"{len(screens)} screens: every half cell as meant")


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


CELL_WIDTH, CELL_HEIGHT = 8, 16
SVG = "{http://www.w3.org/2000/svg}"


def xterm(number):
    """Red, green and blue of a number from 16 to 255 in xterm's palette."""
    if number >= 232:
        return (8 + 10 * (number - 232),) * 3
    cube = [0, 95, 135, 175, 215, 255]
    return cube[(number - 16) // 36], cube[(number - 16) // 6 % 6], cube[(number - 16) % 6]


def half_cells(path):
    """The colour behind and in pictures by column and half row; no place has two."""
    group = xml.etree.ElementTree.parse(path).getroot().find(f".//{SVG}g[@id='grounds']")
    found = {}
    for element in group:
        boxes = re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z", element.get("d"))
        fill = tuple(bytes.fromhex(element.get("fill")[1:]))
        for x, y, width, height, back in (map(int, box) for box in boxes):
            assert width == back and not any(n % 8 for n in (x, y, width, height)), f"{path}: off the grid"
            for column in range(x // CELL_WIDTH, (x + width) // CELL_WIDTH):
                for row in range(y // (CELL_HEIGHT // 2), (y + height) // (CELL_HEIGHT // 2)):
                    assert (column, row) not in found, f"{path}: painted twice at {column}, {row}"
                    found[column, row] = fill
    return found


def styled_cells(path):
    """Glyph, foreground and background of every cell of a text with escape sequences, by column and row."""
    cells = {}
    for row, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        column, foreground, background = 0, None, None
        for codes, glyph in re.findall(r"\x1b\[([0-9;]*)m|(.)", line):
            if glyph:
                cells[column, row] = glyph, foreground, background
                column += 1
                continue
            numbers = [int(code) for code in codes.split(";")]
            foreground, background = None, None
            if 38 in numbers:
                foreground = xterm(numbers[numbers.index(38) + 2])
            if 48 in numbers:
                background = xterm(numbers[numbers.index(48) + 2])
    return cells


def check_screen(svg, text):
    """Every cell with a background has its colour, and both halves of a half block have theirs."""
    found, cells, count = half_cells(svg), styled_cells(text), 0
    for (column, row), (glyph, foreground, background) in cells.items():
        if background is None:
            continue
        upper = foreground if glyph == "▀" else background
        assert found[column, 2 * row] == upper, f"{svg}: another colour at {column}, {row}"
        assert found[column, 2 * row + 1] == background, f"{svg}: another colour below {column}, {row}"
        count += 1
    assert count >= 28 * 14, f"{svg}: {count} cells with colours behind them"
    root = xml.etree.ElementTree.parse(svg).getroot()
    words = {(int(text.get("x")) // CELL_WIDTH, int(text.get("y")) // CELL_HEIGHT): text.text
             for text in root.iter(f"{SVG}text")}
    for (column, row), word in words.items():
        assert word == "".join(cells[column + i, row][0] for i in range(len(word))), f"{svg}: {word}"
    return count, len(words)


class Explorer:
    """The program on a pseudo-terminal of 120 columns and 30 rows."""

    def __init__(self, program, home, *arguments):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            environment = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": str(home),
                           "XDG_DATA_HOME": str(home)}
            os.execve(program, [program, *arguments], environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 120, 0, 0))

    def read(self, seconds):
        """What is written until nothing comes for so long."""
        text = b""
        while select.select([self.terminal], [], [], seconds)[0]:
            try:
                text += os.read(self.terminal, 1 << 16)
            except OSError:  # the program has ended
                break
        return text

    def write(self, line, path):
        """Has the figure on a line of the list written, which is to be this file."""
        os.write(self.terminal, b"E" + b"\x1bOB" * line + b"\r")
        for _ in range(100):
            self.read(0.1)
            if path.exists():
                return path
        raise AssertionError(f"{path} was not written")

    def quit(self):
        os.write(self.terminal, b"q")
        self.read(1)
        if os.waitpid(self.process, os.WNOHANG)[0] == 0:
            os.kill(self.process, signal.SIGTERM)
            os.waitpid(self.process, 0)


def check_explorer(program, folder):
    """Every picture written from within the explorer has the pixels that `render` draws."""
    home = folder / "home"
    home.mkdir()
    figures = home / "latent-explorer" / "figures"
    explorer = Explorer(program, home, "--data", "digits")
    for _ in range(50):
        if "▁".encode() in explorer.read(0.2):
            break
    explorer.read(0.5)
    common = ["--data", "digits", "--samples", "3"]
    truth = ["traversal", "--along", "rotation", "--truth", "--no-labels", *common]
    render(program, *truth, "--scale", "8", "--steps", "2", "--output", folder / "first.png")
    sheet = Image.open(folder / "first.png")
    decoded, real = (sheet.crop((8, top, 8 + 224, top + 224)) for top in (8, 240))

    picture = Image.open(explorer.write(0, figures / "picture-1.png"))
    assert picture.tobytes() == decoded.tobytes(), "the picture is not what is decoded"
    row = Image.open(explorer.write(1, figures / "pictures-1.png"))
    bottom = row.height - 8
    for number, meant in enumerate((real, decoded, real)):
        left = 8 + 232 * number
        cell = row.crop((left, bottom - 224, left + 224, bottom))
        assert cell.tobytes() == meant.tobytes(), f"picture {number} of the row is another"
    for line, name, command in (
        (2, "filmstrip-1.png", ["traversal", "--along", "rotation", "--steps", "12"]),
        (3, "animation-1.gif", ["turn"]),
    ):
        meant = folder / ("meant-" + name)
        render(program, *command, *common, "--output", meant)
        written = list(frames(explorer.write(line, figures / name)))
        assert written == list(frames(meant)), f"{name}: other pixels"
    # A key takes the message about the last file away.
    svg = explorer.write(5, figures / "screen-1.svg")
    text = explorer.write(6, figures / "screen-1.ans")
    explorer.quit()
    cells, words = check_screen(svg, text)
    print(f"explorer: pictures, filmstrip and animation as render draws them; a screen of {cells} coloured "
          f"cells and {words} words")


def check_screens(program, folder):
    """The shapes of `screen` as SVG are the cells of `screen` as text, on every page."""
    for size in ("100x30", "160x50"):
        for keys in ("Right*9", "F", "M", "D", "C", "v i", "v v"):
            svg, text = folder / "screen.svg", folder / "screen.ans"
            command = [program, "screen", "--data", "digits", "--size", size, "--color", "256", "--keys", keys]
            subprocess.run([*command, "--output", svg], check=True)
            subprocess.run([*command, "--output", text], check=True)
            check_screen(svg, text)
    print("screens: every coloured cell of every page is a shape of its colour, every word in its columns")


def main():
    cases, program = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_cases(cases, folder / "cases")
        for model in ("digits", "mnist", "article", "four-coordinates", "fashion-mnist"):
            check_turn(program, folder, model)
        check_others(program, folder)
        check_screens(program, folder)
        check_explorer(program, folder)


if __name__ == "__main__":
    main()
