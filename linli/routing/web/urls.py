"""Addresses of the routing rules: an area's rules, their versions, and the draft."""

from django.urls import URLPattern, path, register_converter

from linli.routing.web import draft, rules, versions

app_name = "routing"


class CodeConverter:
    """The code of an area that can have rules."""

    regex = "[0-9]{4,15}"

    def to_python(self, value: str) -> str:
        """Return the code."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code."""
        return value


register_converter(CodeConverter, "area")

urlpatterns: list[URLPattern] = [
    path("routing/", versions.home, name="home"),
    path("routing/preview/", rules.preview, name="preview"),
    path("routing/<area:code>/", versions.area, name="area"),
    path("routing/<area:code>/versions/<int:number>/", versions.version, name="version"),
    path("routing/<area:code>/versions/<int:number>/roll_back/", versions.back, name="roll_back"),
    path("routing/<area:code>/draft/", draft.draft, name="draft"),
    path("routing/<area:code>/draft/begin/", draft.begin, name="begin_draft"),
    path("routing/<area:code>/draft/discard/", draft.discard, name="discard"),
    path("routing/<area:code>/draft/test/", draft.test, name="test"),
    path("routing/<area:code>/draft/switch_on/", draft.switch, name="switch_on"),
    path("routing/<area:code>/draft/rules/new/", rules.write, name="write"),
    path("routing/<area:code>/draft/rules/<uuid:rule_id>/", rules.write, name="rewrite"),
    path("routing/<area:code>/draft/rules/<uuid:rule_id>/move/", rules.move, name="move"),
    path("routing/<area:code>/draft/rules/<uuid:rule_id>/remove/", rules.remove, name="remove"),
]
