# The site as one image: gunicorn by default, and every other command of the compose file.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

# The fonts that pictures of charts and of pages are drawn with, and what backs PostgreSQL up.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends fonts-noto-cjk postgresql-client >/dev/null \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --uid 1000 --create-home laobrand
WORKDIR /app

# The packages change less often than the code, so they are a layer of their own.
COPY pyproject.toml constraints.txt README.md ./
RUN pip install --constraint constraints.txt --editable .

COPY . .
RUN python -m laobrand.translations compile \
    && ALLOWED_HOSTS=localhost SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
       python manage.py collectstatic --no-input --verbosity 0 \
    && mkdir -p data/dumps && chown -R laobrand: data staticfiles

USER laobrand
ENV BIND=0.0.0.0:8000
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-m", "deploy.healthcheck"]
CMD ["python", "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
