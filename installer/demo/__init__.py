"""The parts the demo town is made of: names and numbers, families, their circumstances, planted faults, visits, assemblies, workbooks."""
