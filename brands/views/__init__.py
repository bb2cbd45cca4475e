"""The public pages. A view parses the request, asks the catalogue and renders; it holds no rule of its own."""
