"""What machines tell beside the human: hints, none of which decides or writes anything."""
