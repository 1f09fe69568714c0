"""How long people will wait: the hall's own rule run forward, corrected by what happened to similar tickets."""
