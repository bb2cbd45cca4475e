"""What the staff's tools keep beside the catalogue."""
