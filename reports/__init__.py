"""What people receive: mail, work lists, the summary of a night. Codes come in, words leave."""
