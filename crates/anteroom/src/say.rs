//! Standard output, for what a command is asked to tell.

use std::io::{self, Write};

/// Prints one line. A reader that has gone away is no fault of the command.
pub fn line(text: impl AsRef<str>) {
    let _ = writeln!(io::stdout().lock(), "{}", text.as_ref());
}
