"""What a WSGI server loads: `logistics.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "logistics.settings")

application = get_wsgi_application()
