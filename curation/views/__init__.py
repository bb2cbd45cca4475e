"""The pages of the staff, one module a part of the work."""
