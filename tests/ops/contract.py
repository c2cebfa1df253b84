"""The commands others rely on, with the flags they rely on."""

from __future__ import annotations

# Names and flags as the contract lists them (a change needs a note in CHANGELOG).
CONTRACT = {
    "demo": {"--seed", "--size", "--today", "--no-serve"},
    "import_roster": {"--village", "--dry-run", "--errors", "--json", "--rows", "--confirmed-by", "--by", "--at"},
    "print_cards": {"--place", "--out", "--by", "--at"},
    "rounds": {"--json"},
    "open_round": {"--place", "--month", "--json", "--by", "--at"},
    "print_sheets": {"--round", "--out", "--by", "--at"},
    "close_round": {"--by", "--at"},
    "lapse": {"--place", "--day", "--by", "--at"},
    "print_list": {"--listing", "--group", "--round", "--out", "--by", "--at"},
    "verify": {"--json"},
    "backup": set(),
    "restore": {"--by", "--at"},
    "serve": set(),
    "worker": set(),
    "setup": set(),
    "make_keys": set(),
    "complaint_line": {"--by", "--at"},
    "add_person": {"--by", "--at"},
    "move_to_postgres": {"--json"},
    "doctor": {"--json"},
    "check_scheme": {"--json", "--within"},
    "scheme_schema": {"--out"},
    "score": {"--json"},
    "replay": {"--round", "--scheme", "--json"},
    "simulate": {"--households", "--months", "--seed", "--budget", "--json"},
}
