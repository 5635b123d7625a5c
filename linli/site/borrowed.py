"""Words of Django that its own Chinese catalogue lacks; ours is asked first and supplies them."""

from django.utils.translation import gettext_noop

WORDS = (gettext_noop("- Select an option -"),)
