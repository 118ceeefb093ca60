"""The columns of the workbooks the office exchanges, as the county lays them out."""
