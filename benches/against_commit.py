"""Work of this program against that of an earlier commit: the same release, each program with the dataset of its own commit.

    cargo build --release
    python benches/against_commit.py COMMIT [--program FILE] [--runs N] [--releases N] [--times N]

COMMIT is checked out and compiled in a temporary folder, unless FILE is its program. Both programs run in turn, so that a busy
machine slows both; a ratio is the median of the ratios of the pairs. Instructions, which others do not move, are counted if
valgrind is there. Linux.
"""

import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time

from copies import write

ROOT = pathlib.Path(__file__).resolve().parent.parent
SLUG = "iij-fy2009"


class Program:
    """A program, and the folders of the projects made for it."""

    def __init__(self, name: str, binary: pathlib.Path, content: pathlib.Path, work: pathlib.Path):
        self.name, self.binary, self.content, self.work = name, binary, content, work

    def project(self, kind: str, copies: list[str]) -> pathlib.Path:
        """A project of copies of the release, each under its name."""
        root = self.work / self.name / kind
        for slug in copies:
            shutil.copytree(self.content / SLUG, root / "content" / slug, ignore=shutil.ignore_patterns("exchange.toml"))
        return root

    def large(self, times: int) -> pathlib.Path:
        """A project of one release so many times as large."""
        root = self.work / self.name / "large"
        write(self.content / SLUG, times, root)
        return root

    def run(self, root: pathlib.Path, command: str) -> dict[str, float]:
        """Seconds of processor and of the clock, and MiB at the peak, of one run."""
        start = time.monotonic()
        child = subprocess.Popen([self.binary, *command.split()], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{self.name}: `kessan {command}` in {root} gave {child.returncode}")
        return {
            "processor": usage.ru_utime + usage.ru_stime,
            "clock": time.monotonic() - start,
            "memory": usage.ru_maxrss / 1024,
        }

    def instructions(self, root: pathlib.Path, command: str) -> float:
        """Millions of instructions of one run."""
        tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", self.binary, *command.split()]
        ran = subprocess.run(tool, cwd=root, capture_output=True, text=True, check=True)
        return int(re.search(r"Collected : (\d+)", ran.stderr)[1]) / 1e6


def main() -> None:
    args = arguments()
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        tree = work / "tree"
        subprocess.run(["git", "worktree", "add", "--detach", "--quiet", tree, args.commit], cwd=ROOT, check=True)
        try:
            old = Program("old", args.program or compiled(tree), tree / "content", work)
            new = Program("new", ROOT / "target" / "release" / "kessan", ROOT / "content", work)
            compare(old, new, args)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("commit")
    parser.add_argument("--program", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--releases", type=int, default=200)
    parser.add_argument("--times", type=int, default=32)
    return parser.parse_args()


def compiled(tree: pathlib.Path) -> pathlib.Path:
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=tree, check=True)
    return tree / "target" / "release" / "kessan"


def compare(old: Program, new: Program, args: argparse.Namespace) -> None:
    both = [old, new]
    print(f"{'':<44}{'before':>12}{'now':>12}{'ratio':>8}")
    one = [program.project("one", [SLUG]) for program in both]
    build = "build --force"
    if shutil.which("valgrind"):
        for command in ["check", build]:
            row(f"{command}, million instructions", [p.instructions(r, command) for p, r in zip(both, one)])
    for command in ["check", build, f"{build} --format html", f"{build} --format pdf"]:
        timed(command, both, one, command, args.runs)
    timed("build, nothing changed", both, one, "build", args.runs)
    timed("mutate", both, one, f"mutate {SLUG}", 1)
    many = [program.project("many", [f"release-{n:04}" for n in range(args.releases)]) for program in both]
    timed(f"{args.releases} releases", both, many, build, 1)
    timed(f"{args.releases} releases, nothing changed", both, many, "build", 3)
    large = [program.large(args.times) for program in both]
    growth(f"check, {args.times} times as large, of once", both, one, large)
    row("size of the program, MB", [program.binary.stat().st_size / 1e6 for program in both])


def row(what: str, figures: list[float], ratio: float | None = None, unit: str = "") -> None:
    before, now = figures
    print(f"{what:<44}{before:>10.1f}{unit:<2}{now:>10.1f}{unit:<2}{ratio or now / before:>8.2f}", flush=True)


def timed(what: str, both: list[Program], roots: list[pathlib.Path], command: str, runs: int) -> None:
    """A row each for processor time, time of the clock and memory: medians, and the medians of the ratios of pairs."""
    pairs = []
    for turn in range(runs + (runs > 1)):
        pairs.append([program.run(root, command) for program, root in zip(both, roots)])
    pairs = pairs[runs > 1 :]
    for key, unit, factor in [("processor", "ms", 1000), ("clock", "ms", 1000), ("memory", "MiB", 1)]:
        figures = [statistics.median(pair[of][key] for pair in pairs) * factor for of in (0, 1)]
        row(f"{what}, {key}", figures, statistics.median(new[key] / old[key] for old, new in pairs), unit)


def growth(what: str, both: list[Program], one: list[pathlib.Path], large: list[pathlib.Path]) -> None:
    """How many times as much the large release costs each program as the small one."""
    times = []
    for program, small, big in zip(both, one, large):
        least = statistics.median(program.run(small, "check")["processor"] for _ in range(5))
        times.append(program.run(big, "check")["processor"] / least)
    row(what, times, unit="×")


if __name__ == "__main__":
    main()
