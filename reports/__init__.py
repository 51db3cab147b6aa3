"""What people receive: mail, work lists, the summary of a night. Facts come in as codes and leave as words."""
