//! The triage policy as data: a decision table with CEL cells that explains itself.
