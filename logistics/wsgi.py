"""What a WSGI server loads: `logistics.wsgi:application`.

LIGHTPOST_BIND is the address that the server was told to listen on, where whoever starts it says so.
"""

import os

from django.core.wsgi import get_wsgi_application

from logistics.loopback import refuse_demo_beyond_loopback

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "logistics.settings")

application = get_wsgi_application()
refuse_demo_beyond_loopback(os.environ.get("LIGHTPOST_BIND", "127.0.0.1"))
