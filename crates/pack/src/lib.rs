//! An agency pack: the folder of data that makes Anteroom one agency's.
