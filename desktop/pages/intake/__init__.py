"""申请与名册: applications typed by hand and rosters taken in from the villages."""
