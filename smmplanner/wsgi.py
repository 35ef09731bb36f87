import os

from django.core.wsgi import get_wsgi_application

from smmplanner.warming import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smmplanner.settings")
application = get_wsgi_application()
warm()
