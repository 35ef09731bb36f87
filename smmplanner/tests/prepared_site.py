"""A database with a brand, migrated in two goes, for any number of sites to begin with."""

import json
import shutil
import time
from contextlib import ExitStack
from pathlib import Path

from smmplanner.tests.own_servers import Postgres, servers_of_its_own
from smmplanner.tests.own_site import Site, until

KILLED_AFTER = 12  # migrations


def prepare(folder: Path) -> None:
    shutil.rmtree(folder / "var", ignore_errors=True)
    with servers_of_its_own(folder) as servers, ExitStack() as stack:
        site = Site(folder, **servers.environment)
        stack.callback(site.end)
        stood = killed_while_migrating(site)
        began = time.monotonic()
        site.manage("migrate", "-v", "0")
        seconds = time.monotonic() - began
        assert site.ask("migrations_left") == 0
        told = {"stood": stood, "seconds": seconds, "session": site.ask("set_up")}
        if servers.postgres:
            servers.postgres.dump(folder / "dump.sql")
    (folder / "told.json").write_text(json.dumps(told))


def killed_while_migrating(site: Site) -> int:
    """kill -9 in the middle; how many migrations stood by then."""
    process = site.start("migrate", "manage.py", "migrate", "-v", "0")
    until(
        lambda: site.ask("migrations_applied") >= KILLED_AFTER or process.poll() is not None,
        seconds=400,
        why=lambda: site.log("migrate"),
    )
    assert process.poll() is None, site.log("migrate")
    process.kill()
    process.wait()
    return site.ask("migrations_applied")


def load(site: Site, prepared: Path, postgres: Postgres | None = None) -> None:
    if postgres:
        site.var.mkdir()
        postgres.load(prepared / "dump.sql")
    else:
        shutil.copytree(prepared / "var", site.var, ignore=shutil.ignore_patterns("locks"))
    site.session = json.loads((prepared / "told.json").read_text())["session"]
