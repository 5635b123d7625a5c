"""The site's addresses and the style guide, which is otherwise there only while DEBUG is on."""

from django.urls import include, path

from linli.site import styleguide
from linli.site.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, path("styleguide/", include(styleguide))]
