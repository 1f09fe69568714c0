"""`./onewindow bench`: the figures of the product, measured on this machine in one run, as a table or JSON."""
