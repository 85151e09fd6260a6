"""Recognition acts: what triggers one, who recognises whom, what stands over it, when it was."""

from dejure.coding.recognition.build import find_recognition

__all__ = ["find_recognition"]
