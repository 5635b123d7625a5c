"""Pages around the door that allauth does not have, and what of allauth stays shut."""

from allauth.account.forms import LoginForm
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views.i18n import LANGUAGE_QUERY_PARAMETER
from django.views.i18n import set_language as set_language_cookie

from linli.accounts.models import User


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the pages' language; a signed-in person finds it again at the next sign-in."""
    chosen = request.POST.get(LANGUAGE_QUERY_PARAMETER, "")
    if request.user.is_authenticated and chosen and check_for_language(chosen):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language_cookie(request)


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say who can help somebody who can't sign in. There is no reset by e-mail."""
    return render(request, "account/forgotten.html")


@login_not_required
def shut(request: HttpRequest) -> HttpResponse:
    """Answer 404 for the pages of allauth that nobody here uses: sign-up, e-mail addresses."""
    raise Http404


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password, in the product's words and without allauth's link under the field."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autofocus"] = True
        self.fields["login"].widget.attrs["autocapitalize"] = "none"
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
