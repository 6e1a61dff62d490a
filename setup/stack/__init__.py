"""What `setup/run`, `setup/test`, `setup/lint` and `setup/bench` have in common.

Standard library only: it runs before any package is installed. It finds or fetches
Odoo 19, makes a Python environment and a private PostgreSQL cluster in the cache
folder, and builds databases there. Whatever takes long is built beside its final
place and renamed when complete, so that an interruption never leaves half a thing.
"""
