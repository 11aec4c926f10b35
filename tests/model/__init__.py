"""The bridge as a small explicit-state model: every order of events, breadth first.

Left out: limits, volumes, partial fills, filling modes, WITHDRAW, the dead man, stops that the EA
raises itself, damaged files, the whole-account scope, and the lag of snapshots. One step each:
check + OrderSend, an append, a rename, a press in its places. One tick of time ends all lifetimes
and waits. A power cut takes at most one row of a file. Scenarios bound troubles, not their order.
"""
