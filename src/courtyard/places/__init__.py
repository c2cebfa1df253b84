"""places: county, town, village, group, and the holiday table.

Knows: paths, names, which village a group is in.
Never: who lives or works there.
"""
