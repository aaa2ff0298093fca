"""Words and rules of the tables: errors, periods, units, the path table. It knows no file, no process and no place."""
