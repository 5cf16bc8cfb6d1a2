"""The review of a draft story: pure functions from draft to draft, and publishing."""
