"""The conformance suite pycache-spec for users of Python: python3 -m pycache_spec, or the command pycache-spec."""
