"""How the services are run: the local stack, the command line, containers."""
