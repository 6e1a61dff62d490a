"""What this addon adds to the training company that is made on purpose."""
