"""人员变动: dated changes of people and households, and households as they were on any day."""
