"""Pure rules of the register: cells of clerks' files, headings, remarks, comparison, care, PINs. No Django, no clock."""
