"""The weekly digest for senior managers: what changed in the last seven days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import get_args

from sqlalchemy import Connection, insert, select

from sync.server.notices.making import new_mail
from sync.tables import table_of
from visitapp.dates import long_day, short_day
from visitapp.language import message, plural, translate
from visitapp.records import Notice, OutgoingMail, Setting
from visitapp.rules.choices import NoticeEvent
from visitapp.rules.policy.market import NoticeRules, Weekday
from visitapp.rules.policy.read import shipped_policy
from visitapp.standing.recipients import standing_contacts
from visitapp.storage.database import Database
from visitapp.storage.policy_shelf import PolicyShelf
from visitapp.vocabulary.choices import CHOICES

_WEEKDAYS = get_args(Weekday)
SUBJECT = message("Care quality: changes in the week to {day}")


def weekly_digest(database: Database, clock: Callable[[], datetime]) -> list[str]:
    """On the day of the policy, put the digest of the last seven days among the messages to send.
    One that was made today is not made again."""
    now = clock()
    with database.storing() as connection:
        rules = PolicyShelf(shipped_policy()).in_force(connection, now.date()).notices
        if now.weekday() != _WEEKDAYS.index(rules.digest_weekday):
            return []
        made = _make(connection, rules, now)
    return [plural("Weekly digest: {n} message made.", "Weekly digest: {n} messages made.", made)]


def _make(connection: Connection, rules: NoticeRules, now: datetime) -> int:
    mail, standing = table_of(OutgoingMail), standing_contacts()
    contacts = connection.execute(
        select(standing.c.contact_id.label("id"), standing.c.email)
        .where(standing.c.audience == rules.digest_audience, standing.c.email != "")
        .order_by(standing.c.contact_id)
    ).all()
    subject = str(SUBJECT.filled(day=long_day(now.date())))
    body = "\n".join(_lines(connection, now))
    rows = [
        new_mail(f"digest.{now:%Y-%m-%d}.{one.id}", one.email, subject, body, now)
        for one in contacts
    ]
    there = set(
        connection.execute(
            select(mail.c.message_id).where(
                mail.c.message_id.in_([row["message_id"] for row in rows])
            )
        ).scalars()
    )
    rows = [row for row in rows if row["message_id"] not in there]
    if rows:
        connection.execute(insert(OutgoingMail), rows)
    return len(rows)


def _lines(connection: Connection, now: datetime) -> list[str]:
    notice, setting = table_of(Notice), table_of(Setting)
    found = connection.execute(
        select(setting.c.name, notice.c.created_at, notice.c.event, notice.c.text)
        .join(setting, setting.c.id == notice.c.setting_id)
        .where(notice.c.created_at > now - timedelta(days=7))
        .order_by(setting.c.name, notice.c.created_at, notice.c.id)
    ).all()
    changes = dict.fromkeys((row.name, row.created_at, row.event, row.text) for row in found)
    if not changes:
        return [translate("No rating and no placement position changed in the last seven days.")]
    return [
        translate(
            "{day}, {event}: {text}",
            day=short_day(at.date()),
            event=CHOICES[NoticeEvent][event],
            text=text,
        )
        for _, at, event, text in changes
    ]
