"""农户档案: the list of all households and the file of one."""
