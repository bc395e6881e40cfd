//! What a developer runs.
#![expect(clippy::print_stdout, reason = "a command of the terminal speaks by printing")]

mod assets;
mod run;

fn main() -> anyhow::Result<()> {
    run::end_children_on_signal()?;
    assets::assets(std::path::Path::new("."))
}
