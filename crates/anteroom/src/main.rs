//! The one binary: configuration, sub-commands, wiring. What it wires lives in the other rooms.

mod address;
mod args;
mod checks;
mod clock;
mod commands;
mod config;
mod data;
mod demo;
mod fault;
mod hooks;
mod logs;
mod packs;
mod pages;
mod passwords;
mod reload;
mod requests;
mod say;
mod secret;
mod server;
mod signs;
mod staff_file;
mod table_report;
mod telephone;
mod traces;
mod wiring;
mod work;

use args::{Cli, Command, Import, Journal, Line, Pack, Records, Store, Token, Versions};
use clap::Parser;
use domain::imported::Table;
use fault::Faults;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Getting and giving back memory in small pieces was a quarter of the writer's time (decision 0026). SQLite's own
/// asking is served by it too.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Bad usage ends here, with status 2.
    let cli = Cli::parse();
    if matches!(cli.command, Command::Speak) {
        // A child of the telephone line: it has pipes, and needs nothing else of this program.
        return voice::built_in::main();
    }
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Faults::from)
        .and_then(|runtime| runtime.block_on(run(cli.command)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            let _ = writeln!(io::stderr().lock(), "{faults}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Faults> {
    match command {
        Command::Serve { config } => Box::pin(commands::serve::run(&config)).await,
        Command::Demo(args) => Box::pin(demo::run(&args)).await,
        // Taken before there was a runtime.
        Command::Speak => Ok(()),
        Command::Pack(Pack::Check { dir }) => commands::pack::check(&dir),
        Command::Line(Line::Check { file }) => commands::line::check(&file),
        Command::Line(Line::Try(call)) => commands::line::try_out(call).await,
        Command::Token(Token::Create(token)) => commands::token::create(&token).await,
        Command::Import(Import::Cases(file)) => commands::import::cases(&file).await,
        Command::Import(Import::Staff(file)) => commands::import::staff(&file).await,
        Command::Import(Import::Zips(file)) => commands::import::table(Table::Zips, &file).await,
        Command::Import(Import::Offices(file)) => commands::import::table(Table::Offices, &file).await,
        Command::Import(Import::Holidays(file)) => commands::import::table(Table::Holidays, &file).await,
        Command::Journal(Journal::Verify(of)) => commands::journal::verify(&of).await,
        Command::Journal(Journal::Export { of, after }) => commands::journal::export(&of, after).await,
        Command::Versions(Versions::List(of)) => commands::versions::list(&of).await,
        Command::Versions(Versions::Export { of, what, name }) => {
            commands::versions::export(&of, &what, name.as_deref()).await
        }
        Command::Records(Records::Due { of, by }) => commands::records::due(&of, by).await,
        Command::Store(Store::Copy(copy)) => commands::copy::run(&copy).await,
        Command::Backup(backup) => commands::backup::backup(&backup).await,
        Command::Restore(restore) => commands::backup::restore(&restore).await,
        Command::Migrate(of) => commands::migrate::run(&of).await,
        Command::Doctor(installation) => commands::doctor::run(&installation).await,
    }
}
