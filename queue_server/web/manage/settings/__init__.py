"""设置: the pages on which a manager changes parts of the catalogue, and accounts, without a programmer."""
