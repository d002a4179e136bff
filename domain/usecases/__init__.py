"""What people and the schedule can make happen: one function per use case, one transaction each."""
