"""A probe for any Bot API server: independent checks over plain HTTP. Knows nothing of the playground's inside."""

from playground.conformance.probe import Places
from playground.conformance.runner import Finding, Report, chosen, run

__all__ = ["Finding", "Places", "Report", "chosen", "run"]
