"""The running program: the only package that knows every other."""
