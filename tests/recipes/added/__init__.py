"""Tests of what a recipe adds. Their names keep pytest from collecting them where nothing has been added."""
