"""Where the name of an organisation begins and ends, script by script."""
