"""Addresses of the residents' door, of the staff's pages for residents, and of Open311."""

from django.urls import path, re_path, register_converter

from linli.portal.web import data, desk, front, manage, receipt, report
from linli.portal.web.open311 import views as open311

app_name = "portal"


class FormatConverter:
    """The formats of Open311."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        """Return the format."""
        return value

    def to_url(self, value: str) -> str:
        """Return the format."""
        return value


register_converter(FormatConverter, "form")

_V2 = r"^open311/v2/"
_FORM = r"\.(?P<form>json|xml)$"

urlpatterns = [
    path("portal/", front.front, name="front"),
    path("portal/report/", report.report, name="report"),
    path("portal/find/", front.find, name="find"),
    path("portal/centres/", front.centres, name="centres"),
    path("portal/pages/<slug:slug>/", front.page, name="page"),
    path("portal/reported/", front.reported, name="reported"),
    path("portal/reported/points.json", front.points, name="points"),
    path("portal/reported/<uuid:public_id>/", front.one_reported, name="one_reported"),
    path("portal/reported/<uuid:public_id>/photo.jpg", front.photo, name="public_photo"),
    path("portal/areas.json", data.areas, name="areas"),
    path("portal/shapes.json", data.shapes, name="shapes"),
    path("portal/here.json", data.here, name="here"),
    path("portal/r/<str:code>/", receipt.receipt, name="receipt"),
    path("portal/r/<str:code>/paper/", receipt.paper, name="paper"),
    path("portal/r/<str:code>/add/", receipt.add, name="add"),
    path("portal/r/<str:code>/rate/", receipt.rate, name="rate"),
    path("portal/r/<str:code>/reopen/", receipt.ask_reopening, name="ask_reopening"),
    path("portal/r/<str:code>/withdraw/", receipt.withdraw, name="withdraw"),
    path("portal/r/<str:code>/renew/", receipt.renew, name="renew"),
    path("portal/r/<str:code>/forget/", receipt.forget_contact, name="forget_contact"),
    path("portal/r/<str:code>/photos/<uuid:photo_id>/", receipt.photo, name="photo"),
    path("residents/", desk.home, name="residents"),
    path("residents/cases/<uuid:case_id>/say/", desk.say, name="say"),
    path("residents/cases/<uuid:case_id>/read/", desk.read_by_me, name="read"),
    path("residents/cases/<uuid:case_id>/receipt/", desk.reissue, name="reissue"),
    path("residents/reopenings/<uuid:wish_id>/", desk.decide, name="decide"),
    path("residents/review/<uuid:publication_id>/", desk.publication, name="review"),
    path("residents/rules/", manage.rules, name="rules"),
    path("residents/pages/new/", manage.edit, name="new_page"),
    path("residents/pages/<slug:slug>/", manage.edit, name="edit_page"),
    path("residents/keys/new/", manage.new_key, name="new_key"),
    path("residents/keys/<uuid:key_id>/revoke/", manage.end_key, name="end_key"),
    path("open311/discovery.<form:form>", open311.discovery, name="discovery"),
    path("open311/v2/discovery.<form:form>", open311.discovery),
    path("open311/v2/services.<form:form>", open311.services, name="services"),
    re_path(_V2 + r"services/(?P<code>[\w-]{1,30})" + _FORM, open311.definition, name="definition"),
    path("open311/v2/requests.<form:form>", open311.requests, name="requests"),
    re_path(_V2 + r"requests/(?P<public_id>[\w-]{1,60})" + _FORM, open311.one_request, name="one"),
    re_path(_V2 + r"tokens/(?P<code>[\w-]{1,40})" + _FORM, open311.token, name="token"),
]
