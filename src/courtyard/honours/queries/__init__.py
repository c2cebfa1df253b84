"""Reading lists: entries as they stand on a day, work lists, boards. Whether an entry stands is the rule's word (D12)."""
