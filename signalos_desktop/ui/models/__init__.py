"""Qt models of the tables and the inbox: rows of frozen values, columns as declarations."""
