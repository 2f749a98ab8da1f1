"""The regulators' names of services, and our service type for each."""

from __future__ import annotations

from collections.abc import Iterable

from visitapp.records import ServiceType

_WORDS = (
    ("nursing", ServiceType.NURSING),
    ("care home", ServiceType.RESIDENTIAL),
    ("residential", ServiceType.RESIDENTIAL),
    ("homecare", ServiceType.HOME_CARE),
    ("home care", ServiceType.HOME_CARE),
    ("domiciliary", ServiceType.HOME_CARE),
    ("care at home", ServiceType.HOME_CARE),
    ("extra care", ServiceType.HOME_CARE),
    ("supported living", ServiceType.SUPPORTED_LIVING),
    ("housing support", ServiceType.SUPPORTED_LIVING),
    ("day care", ServiceType.DAY),
    ("daycare", ServiceType.DAY),
    ("community based adult social care", ServiceType.HOME_CARE),
)
"""Words in a regulator's name of a service, the most telling first."""


def service_type(names: Iterable[str], *, care_home: bool = False, called: str = "") -> ServiceType:
    """Our type of a service that the regulator describes by `names`.

    care_home: the regulator says it is one. called: the service's own name; a care home that
    calls itself a nursing home is taken at its word, since CQC's ratings file does not tell.
    """
    said = [name.casefold().replace("other than care at home", "") for name in names]
    found = next((ours for word, ours in _WORDS for name in said if word in name), None)
    if care_home and found not in (ServiceType.NURSING, ServiceType.RESIDENTIAL):
        found = ServiceType.RESIDENTIAL
    if found is ServiceType.RESIDENTIAL and "nursing" in called.casefold():
        return ServiceType.NURSING
    return found or ServiceType.OTHER
