"""The dialogs of the page of policies."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from forms.format.source import read_text
from sync.wire import PolicyPublished
from visitapp.language import translate
from visitapp.rules.policy.check import FaultyPolicy
from visitapp.rules.text import safe_file_name
from visitapp.services.policies.policies import PolicyVersion
from visitapp.services.services import Services
from visitapp.ui import words
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.policies.policy import PolicyDialog
from visitapp.ui.dialogs.policies.publish import PolicyFaultsDialog, PublishPolicyDialog
from visitapp.ui.files import FileChooser

POLICY_FILES = ("*.yaml", "*.yml")


class PolicyDialogs(PageDialogs):
    """Shows a policy, and publishes one."""

    def __init__(self, window: QWidget, services: Services, files: FileChooser) -> None:
        super().__init__(window, services)
        self._files = files

    def show(self, version: PolicyVersion) -> None:
        """Show a version in words."""
        policies = self._services.policies
        shown, text = policies.find(version.version), policies.text(version.version)
        dialog = PolicyDialog(self._window, shown, text, policies.in_force())
        dialog.save_requested.connect(lambda one: dialog.guarded(lambda: self._save(one)))
        dialog.open()

    def publish_file(self) -> None:
        """Choose a policy file, check it, and show its faults or what it changes."""
        title = translate("Publish a policy")
        path = self._files.open_file(self._window, title, POLICY_FILES)
        if path is not None:
            self.publish(read_text(path), path.name)

    def publish(self, text: str, file: str) -> None:
        """Show the faults of a text, or what it changes and the question whether to publish it."""
        policies = self._services.policies
        try:
            checked = policies.check(text, file)
        except FaultyPolicy as faulty:
            faults = PolicyFaultsDialog(self._window, file, faulty.faults)
            faults.again_requested.connect(self.publish_file)
            faults.open()
            return
        dialog = PublishPolicyDialog(self._window, policies, text, file, checked)
        dialog.published.connect(self._published)
        dialog.open()

    def _published(self, told: PolicyPublished) -> None:
        self._saved(
            translate(
                "Published policy {version}, in force from {day}. It arrives here with the next "
                "sync.",
                version=told.version,
                day=words.day(told.in_force_from),
            )
        )

    def _save(self, version: str) -> None:
        name = translate("Policy {version}", version=version)
        out = self._files.save_file(
            self._window, translate("Save the policy"), safe_file_name(name) + ".yaml"
        )
        if out is not None:
            self._services.policies.save_text(version, out)
            self.said.emit(translate("Written to {file}.", file=out), None)
