"""Charts on pyqtgraph, each as data without Qt, drawing, and widget; import them late."""
