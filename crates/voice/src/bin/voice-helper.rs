//! The helper process alone, for this room's own tests. The product's binary runs the same under a hidden sub-command.

use std::process::ExitCode;

fn main() -> ExitCode {
    voice::built_in::main()
}
