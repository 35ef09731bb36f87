"""How gunicorn serves; options of its command line win (`manage.py up` has some of its own)."""

import os
from pathlib import Path

from smmplanner.counted_files import forget_the_dead
from smmplanner.logs import FORMATS, configuration

bind = os.environ.get("WEB_BIND") or f"0.0.0.0:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = int(os.environ.get("WEB_THREADS") or 8)

# Long enough for an upload of 500 MB over a slow line behind a proxy that does not keep it, and for a PDF.
timeout = 120
# After SIGTERM: no new connections, and half a minute for what is being answered.
graceful_timeout = 30
# A little longer than proxies keep connections open, so that they never send into a closing one.
keepalive = 75
# A worker is replaced now and then, not all at once: what a library leaks does not add up.
max_requests = 10_000
max_requests_jitter = 2_000
# Not preloaded: workers hold database connections of their own, and a reload (SIGHUP) takes new code up.
preload_app = False
# Heartbeats of workers: on a disk they may block.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# Nobody steers this server through a file.
control_socket_disable = True

# One line per request is written by smmplanner/request_log.py: an access log would repeat signed addresses.
accesslog = None
errorlog = "-"
_format = (os.environ.get("LOG_FORMAT") or FORMATS[0]).lower()
logconfig_dict = configuration(_format if _format in FORMATS else FORMATS[0], "INFO")


def on_starting(_server: object) -> None:
    """What Prometheus was told by processes that are gone is not added up for ever."""
    forget_the_dead(Path(os.environ.get("VAR_DIR") or "var") / "metrics")
