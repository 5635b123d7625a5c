"""The style guide, which is otherwise there only while DEBUG is on, and what its shell links to."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from linli.site import styleguide

urlpatterns = [
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("styleguide/", include(styleguide)),
]
