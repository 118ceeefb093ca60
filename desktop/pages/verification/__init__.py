"""入户核实: the visit of one household, of a village from its workbook or a grid, and the ruling on a 七不进 item."""
