//! Who is asked, in which order, and what is remembered.
