use super::*;
use crate::args::Installation as Named;
use std::fs;

fn packs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs")
}

/// What is printed when these lines are typed.
async fn typed(args: &[&str], lines: &str) -> String {
    use clap::Parser;
    let file = packs().join("uscis/callflow.toml");
    let all = [&["anteroom", "line", "try", file.to_str().unwrap()], args].concat();
    let crate::args::Command::Line(crate::args::Line::Try(args)) = crate::args::Cli::parse_from(all).command
    else {
        unreachable!("that is what was parsed")
    };
    let (callflow, _) = read(&args.file).unwrap();
    let agency = Agency::open(&args, &callflow, args.at.unwrap()).await.unwrap();
    let given = Given { lang: args.lang, caller_known: true, accommodation: Accommodation::None };
    let words = Words::load(&Overrides::none()).unwrap();
    let mut terminal = Terminal { words, agency, out: Vec::new() };
    terminal.play(callflow.flow, &given, args.at.unwrap(), lines.as_bytes()).await.unwrap();
    terminal.agency.close().await;
    String::from_utf8(terminal.out).unwrap()
}

const AT: &str = "2026-12-01T11:00:00-05:00";

#[tokio::test]
async fn a_call_is_played_with_the_invented_agency() {
    let said =
        typed(&["--at", AT, "--lang", "es"], "1\n1\n9999999901\n1\n9\nz\n0\n1\np 2 3 6\n\no\no\n2\n").await;
    for words in [
        "[main]",
        "es: Para saber el estado de su caso, oprima el uno",
        "i, o, e, nueve nueve nueve",
        "Su formulario i noventa. Recibimos su caso",
        "es (80 %): Su formulario i noventa",
        "a telephone has the keys",
        "Es el número dos en la fila",
        "entre tres y seis minutos",
        "seconds of silence",
        "[connect]",
        "[after-talk]",
        "Adiós",
        "The call is over.",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[tokio::test]
async fn a_call_is_over_when_nothing_more_is_typed() {
    let said = typed(&["--at", AT, "--lang", "en"], "0\n1\n").await;
    assert!(said.ends_with("The call is over; the place in line is kept.\n"), "{said}");
}

#[tokio::test]
async fn an_installation_answers_and_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let named = Named { config: None, data: Some(data.clone()) };
    let file = packs().join("uscis/callflow.toml");
    let args = TryLine {
        file: file.clone(),
        lang: None,
        at: None,
        config: None,
        data: Some(data.clone()),
        relay: false,
    };
    let (callflow, _) = read(&file).unwrap();
    assert!(
        Agency::open(&args, &callflow, SystemClock.now()).await.is_err(),
        "to try a line out makes no store"
    );
    assert!(!data.exists());

    let cases = dir.path().join("cases.csv");
    fs::write(
        &cases,
        "receipt,form,state,title_en,title_es,meaning_en,meaning_es,received,updated\n\
         IOE9999999902,N-400,pending,Interview Was Scheduled,Hay una entrevista,We mailed a notice.,Enviamos un aviso.,2026-10-01,2026-11-20\n",
    )
    .unwrap();
    let import = crate::args::ImportFile { file: cases, into: named, dry_run: false };
    crate::commands::import::cases(&import).await.unwrap();

    let data = data.to_str().unwrap();
    let said = typed(
        &["--at", AT, "--lang", "en", "--data", data],
        "1\n1\n9999999902\n1\n1\n1\n9999999901\n1\n3\n2\n94111\n2\n3\n55501017\n0\n",
    )
    .await;
    for words in [
        "Your Form N four hundred. Interview Was Scheduled.",
        "Friday, November twentieth",
        "I find no case with the number I, O, E, nine nine nine",
        "Your office is San Francisco",
        "I find no inquiry with the number",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn the_flows_that_come_along_are_checked_by_folder_and_by_file() {
    check(&packs().join("uscis")).unwrap();
    check(&packs().join("permit-office/callflow.toml")).unwrap();
    let other = check(&packs().join("permit-office/line.toml")).unwrap_err();
    assert!(other.to_string().contains("callflow.toml"), "{other}");
    let dir = tempfile::tempdir().unwrap();
    let missing = check(dir.path()).unwrap_err();
    assert!(missing.to_string().starts_with("callflow.toml: this file is missing"), "{missing}");
}
