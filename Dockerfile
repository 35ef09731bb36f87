# syntax=docker/dockerfile:1
# One image for web, worker, beat and migrations; compose.yml says who does what. docs/deploy.md tells how to use it.

# --- what browsers fetch
FROM node:22-bookworm-slim AS assets
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

# --- Python packages, static files, translations
FROM python:3.11-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /app
COPY requirements-uv.txt requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
    && python -m venv --without-pip /opt/venv \
    && uv pip sync --python /opt/venv/bin/python --require-hashes --no-cache requirements.txt
COPY . .
COPY --from=assets /app/node_modules node_modules
RUN export VAR_DIR=/tmp/build STATIC_ROOT=/app/collected \
    && /opt/venv/bin/python manage.py messages \
    && /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules package.json package-lock.json requirements*.txt /tmp/build \
    && /opt/venv/bin/python -m compileall -q brands calendar_app metrics smmplanner strategies \
    && chmod -R a+rX /app

# --- what runs
FROM python:3.11-slim-bookworm
# Pango draws PDFs; fonts that know the letters of Uzbek and Russian.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin planner \
    && install -d -o planner -g planner /data /data/tmp
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
# The image may be read-only: all that is written goes to /data, uploads on their way to /data/tmp, small caches to /tmp.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VAR_DIR=/data \
    STATIC_ROOT=/app/collected \
    TMPDIR=/data/tmp \
    HOME=/tmp \
    XDG_CACHE_HOME=/tmp/cache \
    LOG_FORMAT=json
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('PORT') or 8000}/healthz\", timeout=4)"]
CMD ["gunicorn", "smmplanner.wsgi:application"]
