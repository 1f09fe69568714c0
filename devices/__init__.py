"""Hardware and its twins in software: transports, codecs, drivers, simulators."""
