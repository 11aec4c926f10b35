"""The bytes of the file bridge, both protocols: pure codecs for the panel and for the expert."""
