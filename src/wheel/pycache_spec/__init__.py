"""The conformance suite pycache-spec for Python's users: python3 -m pycache_spec, or the command pycache-spec."""
