"""Addresses of the case pages. A verb's address is its name; whatever else a case has comes before."""

from django.urls import path, register_converter

from linli.cases.web import (
    bulk,
    case,
    desk,
    export,
    files,
    links,
    lists,
    map,
    parties,
    people,
    persons,
    policies,
    register,
    workbench,
)
from linli.cases.web.verbs import PAGES

app_name = "cases"


class VerbConverter:
    """The verbs a page can do."""

    regex = "|".join(PAGES)

    def to_python(self, value: str) -> str:
        """Return the verb."""
        return value

    def to_url(self, value: str) -> str:
        """Return the verb."""
        return value


register_converter(VerbConverter, "verb")

urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("cases/people/", people.people, name="people"),
    path("people/<uuid:user_id>/desk/<uuid:unit_id>/", desk.desk, name="desk"),
    path("cases/", lists.cases, name="list"),
    path("cases/print/", lists.printed, name="print_list"),
    path("cases/export.xlsx", export.export, name="export"),
    path("cases/assign/", bulk.assign, name="bulk_assign"),
    path("cases/find-person/", persons.search, name="find_person"),
    path("cases/filters/", lists.filters, name="filters"),
    path("cases/filters/save/", lists.save, name="save_filter"),
    path("cases/filters/<uuid:filter_id>/rename/", lists.rename, name="rename_filter"),
    path("cases/filters/<uuid:filter_id>/delete/", lists.delete, name="delete_filter"),
    path("map/", map.page, name="map"),
    path("map/points.json", map.points, name="points"),
    path("policies/", policies.deadlines, name="policies"),
    path("policies/rules/<int:rule_id>/drop/", policies.drop_rule, name="drop_rule"),
    path("policies/categories/", policies.category_list, name="categories"),
    path("policies/categories/<slug:code>/", policies.category, name="category"),
    path("policies/categories/<slug:code>/retire/", policies.retire, name="retire_category"),
    path("policies/calendar/", policies.calendar, name="calendar"),
    path("policies/calendar/<slug:day>/clear/", policies.clear_day, name="clear_day"),
    path("cases/new/", register.register, name="register"),
    path("cases/<uuid:case_id>/", case.case, name="case"),
    path("cases/<uuid:case_id>/receipt/", register.receipt, name="receipt"),
    path("cases/<uuid:case_id>/print/", case.printed, name="print"),
    path("cases/<uuid:case_id>/point.json", case.point, name="point"),
    path("cases/<uuid:case_id>/parties/", parties.add, name="add_party"),
    path("cases/<uuid:case_id>/parties/<uuid:party_id>/reveal/", parties.reveal, name="reveal"),
    path("cases/<uuid:case_id>/parties/<uuid:party_id>/erase/", parties.erase, name="erase"),
    path("cases/<uuid:case_id>/files/", files.attach, name="attach"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/", files.download, name="download"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/detach/", files.detach, name="detach"),
    path("cases/<uuid:case_id>/links/", links.link, name="link"),
    path("cases/<uuid:case_id>/links/<int:link_id>/unlink/", links.unlink, name="unlink"),
    path("cases/<uuid:case_id>/<verb:verb>/", case.verb, name="verb"),
]
