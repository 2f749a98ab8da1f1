"""Commands on interventions."""

from visitapp.cli.interventions import ending
from visitapp.cli.interventions.interventions import interventions

__all__ = ["ending", "interventions"]
