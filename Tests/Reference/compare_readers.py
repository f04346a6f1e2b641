"""Compares our readers' verdicts on a corpus with the reference's; fails on a difference that is not listed.

    venv/bin/python make_reader_corpus.py FOLDER
    swift run InputVerdicts FOLDER > FOLDER/verdicts.jsonl
    venv/bin/python compare_readers.py FOLDER [--expected FILE]

`reader_differences.json` lists, for patterns of names, which differences are meant and why. One that no
longer occurs is a failure too, unless the corpus lacks such files. `--expected` writes files and
our verdicts, once they are agreed, for the tests to replay, of a corpus made with `--small`:

    … --expected ../InputChecksTests/ReaderCorpus.json
"""

import argparse
import base64
import collections
import fnmatch
import json
import pathlib
import sys

LIST = pathlib.Path(__file__).parent / "reader_differences.json"


def difference(ours, reference):
    """How our digest differs from the reference's; None stands for a refusal."""
    if ours == reference:
        return None
    if ours is None:
        return "we refuse"
    return "we accept" if reference is None else "we read something else"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--expected", type=pathlib.Path)
    arguments = parser.parse_args()
    reference = json.loads((arguments.folder / "reference.json").read_text())
    lines = (arguments.folder / "verdicts.jsonl").read_text().splitlines()
    ours = {verdict["file"]: verdict for verdict in map(json.loads, lines)}
    listed = json.loads(LIST.read_text())

    failures = [f"{name}: no verdict of ours" for name in reference.keys() - ours.keys()]
    counts = collections.Counter()
    used = collections.Counter()
    for name in sorted(reference.keys() & ours.keys()):
        found = difference(ours[name].get("digest"), reference[name])
        if found is None:
            counts["both accept" if reference[name] else "both refuse"] += 1
            continue
        entry = next((e for e in listed if fnmatch.fnmatch(name, e["files"]) and e["difference"] == found), None)
        if entry is None:
            failures.append(f"{name}: {found}: {ours[name].get('reason', '')}")
        else:
            counts["differ, as listed"] += 1
            used[entry["files"]] += 1
    for entry in listed:
        if not used[entry["files"]] and fnmatch.filter(reference, entry["files"]):
            failures.append(f"{entry['files']}: listed as '{entry['difference']}', but there is no difference")

    print(f"{len(reference)} files: " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items())))
    for entry in listed:
        if used[entry["files"]]:
            print(f"  {used[entry['files']]:3} {entry['files']}: {entry['difference']}: {entry['because']}")
    for failure in failures:
        print(f"DIFFERENCE {failure}")
    if failures:
        sys.exit(1)
    if arguments.expected:
        files = [{"file": name, "digest": ours[name].get("digest")} | contents(arguments.folder, name) for name in sorted(ours)]
        arguments.expected.write_text("[\n" + ",\n".join(map(json.dumps, files)) + "\n]\n")


def contents(folder, name):
    """The bytes of a file, or those of each file of a data set by its path in a folder."""
    path = folder / "files" / name
    if path.exists():
        return {"bytes": encoded(path)}
    path = folder / "sets" / name
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    return {"set": {str(file.relative_to(path.parent)): encoded(file) for file in files}}


def encoded(path):
    return base64.b64encode(path.read_bytes()).decode()


if __name__ == "__main__":
    main()
