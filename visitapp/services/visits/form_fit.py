"""Which forms a visit may use: a form names the services it is for and the purposes it serves."""

from __future__ import annotations

from forms.model import Form
from visitapp.errors import Code, Refused
from visitapp.language import Message, either, listed, message
from visitapp.records import Setting
from visitapp.rules.choices import ServiceType
from visitapp.vocabulary import choice_message, visit_message


def require_fitting(form: Form, setting: Setting, purpose: str) -> None:
    """Refuse a visit to this setting, with this purpose, on a form that is not for it.

    Raises Refused(FORM_UNFIT), one sentence for each reason.
    """
    if form.applies_to and setting.service_type not in form.applies_to:
        services = either([*map(_service, form.applies_to)])
        raise Refused(
            Code.FORM_UNFIT,
            message(
                "The form “{form}” is for {services}, and {setting} is {service}.",
                form=form.title,
                services=services,
                setting=setting.name,
                service=_service(setting.service_type),
            ),
            message("Choose a form for this kind of service."),
        )
    if purpose not in form.purposes:
        allowed = listed([visit_message(one) for one in form.purposes])
        raise Refused(
            Code.FORM_UNFIT,
            message(
                "The form “{form}” is not for this purpose: {purpose}.",
                form=form.title,
                purpose=visit_message(purpose),
            ),
            message("It can be used for: {allowed}.", allowed=allowed),
        )


def _service(service_type: str) -> Message:
    return choice_message(ServiceType, service_type)
