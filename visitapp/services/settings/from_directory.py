"""Settings and providers as the public directory has them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from visitapp.records import Provider, Setting, ids
from visitapp.storage.directory import Place


def provider_of(session: Session, place: Place) -> Provider | None:
    """The provider of a place, made when this device has none yet."""
    if not place.provider_id:
        return None
    provider_id = ids.provider_id(place.regulator, place.provider_id)
    provider = session.get(Provider, provider_id)
    if provider is None:
        provider = Provider(
            id=provider_id,
            name=place.provider,
            regulator=place.regulator,
            number=place.provider_id,
        )
        session.add(provider)
        session.flush()
    return provider


def fill(setting: Setting, place: Place, provider: Provider | None) -> None:
    """Copy what the directory says of a place."""
    setting.deleted = False
    setting.name = place.name
    setting.service_type = place.service_type
    setting.provider_id = provider.id if provider else None
    setting.address = place.address
    setting.postcode = place.postcode
    setting.local_authority = place.local_authority
    setting.beds = place.beds
    setting.regulator = place.regulator
    setting.location_id = place.location_id
    setting.regulator_overall = place.overall
    setting.regulator_published = place.published
