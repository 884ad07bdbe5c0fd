"""Follows the recipes for Japanese in print of the guide: copies the fonts that a recipe names, writes its theme.toml, and builds the
starter with them. Prints the path of each PDF. The packages of the recipes are installed.

    japanese_print.py GUIDE KESSAN FOLDER [FONTS]     FONTS replaces /usr/share/fonts
"""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

guide, kessan, folder = Path(sys.argv[1]).read_text("utf-8"), sys.argv[2], Path(sys.argv[3])
fonts = sys.argv[4] if len(sys.argv) > 4 else "/usr/share/fonts"

chapter = re.search(r"^## Fonts for print$(.*?)(?=^## |\Z)", guide, re.M | re.S)
recipes = re.findall(r"```sh\n(.*?)```.*?```toml\n(.*?)```", chapter.group(1), re.S) if chapter else []
if len(recipes) < 2:
    sys.exit(f"{sys.argv[1]} has {len(recipes)} recipes of fonts, expected two at least")

for number, (commands, theme) in enumerate(recipes, 1):
    project = folder / f"recipe-{number}"
    (project / "templates").mkdir(parents=True)
    for command in commands.splitlines():
        words = shlex.split(command.replace("/usr/share/fonts", fonts))
        if words[:2] == ["mkdir", "-p"]:
            [(project / name).mkdir(parents=True) for name in words[2:]]
        elif words[:1] == ["cp"]:
            for pattern in words[1:-1]:
                files = sorted(Path("/").glob(pattern.lstrip("/")))
                if not files:
                    sys.exit(f"recipe {number} copies `{pattern}`, which is not there")
                [shutil.copy(file, project / words[-1]) for file in files]
        elif words[:1] != ["apt-get"]:
            sys.exit(f"recipe {number} has a command that is not known here: {command}")
    (project / "templates/theme.toml").write_text(theme, "utf-8")
    for arguments in (["new", "kakuu-fy2026", "--starter", "tanshin"], ["check"], ["build", "--format", "html,pdf"]):
        subprocess.run([kessan, *arguments, "--root", str(project)], check=True, stdout=sys.stderr)
    printed = sorted(project.glob("output/*/**/*.pdf"))
    japanese = [file for file in printed if file.parent.name != "en"]
    embedded = subprocess.run(["pdffonts", str(japanese[0])], check=True, capture_output=True, text=True).stdout
    # A font with CFF outlines, or one with TrueType outlines, whose file the theme names.
    names = set(re.findall(r"^[A-Z]{6}\+(\S+)", embedded, re.M))
    if any(name.startswith("Source") for name in names):
        sys.exit(f"recipe {number}: text of the Japanese edition is in a built-in font: {', '.join(sorted(names))}")
    print(*printed, sep="\n")
