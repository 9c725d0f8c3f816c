"""NumPy, numba and SciPy: as they are installed, or pinned versions in a virtual environment of their own."""

import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "target" / "peers"
REQUIREMENTS = HERE / "requirements.txt"
NEEDED = ("numpy", "numba", "scipy")
# NumPy is measured on one core, so the library behind its products of matrices is not to start threads.
LIBRARIES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def missing():
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def ensure():
    """Goes on where everything can be imported; otherwise installs it below target/ and starts again there."""
    os.environ.update(dict.fromkeys(LIBRARIES, "1"))
    if not missing():
        return
    if Path(sys.prefix).resolve() == FOLDER.resolve():
        sys.exit(f"{FOLDER} lacks {', '.join(missing())}: delete it and try again")
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # Copied there only when all is installed.
    installed = FOLDER / REQUIREMENTS.name
    if not installed.is_file() or installed.read_bytes() != REQUIREMENTS.read_bytes():
        print(f"Installing {', '.join(NEEDED)} in {FOLDER}", file=sys.stderr, flush=True)
        venv.create(FOLDER, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*pip, "-r", str(REQUIREMENTS)]).returncode != 0:
            sys.exit(f"pip could not install what {REQUIREMENTS} lists")
        installed.write_bytes(REQUIREMENTS.read_bytes())
    again = [str(python), *sys.argv]
    if os.name == "nt":
        sys.exit(subprocess.run(again).returncode)
    os.execv(str(python), again)
