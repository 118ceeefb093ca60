"""外部比对: lists of other departments, whom of ours they name, and what each hit came to."""
