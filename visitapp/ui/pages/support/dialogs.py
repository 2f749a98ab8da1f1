"""The dialogs of referrals for support."""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.language import plural, translate
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.support.refer import ReferSupportDialog
from visitapp.ui.dialogs.support.referral import SupportDialog


class SupportDialogs(PageDialogs):
    """Refers a theme for support, and follows a referral."""

    def refer(self, theme: str = "", setting_ids: Sequence[str] = ()) -> None:
        """Refer a theme at settings, given or to be chosen."""
        services = self._services
        settings = {row.setting_id: row.name for row in services.portfolio.rows()}
        dialog = ReferSupportDialog(
            self._window,
            services.support,
            settings,
            services.concerns.themes(),
            theme=theme,
            chosen=setting_ids,
        )
        dialog.referred.connect(
            lambda made: self._saved(
                plural("Referred {n} setting.", "Referred {n} settings.", len(made))
            )
        )
        dialog.open()

    def show(self, referral_id: str) -> None:
        """Show a referral, and say what happened."""
        support = self._services.support
        dialog = SupportDialog(self._window, support, support.view(referral_id))
        dialog.watch(lambda: support.view(referral_id))
        dialog.recorded.connect(lambda _: self._saved(translate("Referral saved.")))
        dialog.open()
