"""How open trades are looked after: break-even, trailing, partial closes, holding time."""
