"""Odd requests: `python -m tests.odd --requests 20000` asks every address with query strings that nobody means.

addresses.py  every address that the resolver knows      queries.py  what stands behind the question mark
bodies.py     what a POST sends
asking.py     sends them and judges the answers          __main__.py the command line
"""
