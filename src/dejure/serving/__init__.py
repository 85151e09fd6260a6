"""What every face of a server shares: one ledger, answers that are kept, limits, heavy work in processes of its own."""

from dejure.serving.limits import Limits
from dejure.serving.observatory import Observatory

__all__ = ["Limits", "Observatory"]
