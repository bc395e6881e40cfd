//! An agency changes words in its pack; a fault in them is found when they are loaded, not when they are shown.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use domain::text::Lang;
use jiff::civil::date;
use locale::{Dir, MIRRORED, Overrides, Words, WordsError, args};

fn with(lang: &str, text: &str) -> Result<Words, WordsError> {
    let mut overrides = Overrides::none();
    overrides.add(lang.parse().unwrap(), "pack/words.ftl", text);
    Words::load(&overrides)
}

#[test]
fn an_agency_replaces_a_text_and_only_that() {
    let words = with("en", "time-zone-pacific = West Coast time").unwrap();
    let english = words.tongue(&Lang::en());
    assert_eq!(english.zone("America/Los_Angeles"), "West Coast time");
    assert_eq!(english.zone("America/Denver"), "Mountain time");
    assert_eq!(words.tongue(&Lang::es()).zone("America/Los_Angeles"), "hora del Pacífico");
}

#[test]
fn faults_name_file_and_line() {
    let fault = |text: &str| with("es", text).unwrap_err().to_string();
    assert_eq!(fault("\ntime-no-such-key = x"), "pack/words.ftl:2: no page has a text \"time-no-such-key\"");
    assert_eq!(
        fault("# words\n\ntime-clock-morning = { $hour }h"),
        "pack/words.ftl:3: the text \"time-clock-morning\" may use [\"clock\"], not $hour"
    );
    assert!(
        fault("time-noon = x\ntime-midnight = { $x").starts_with("pack/words.ftl:2: not a Fluent message")
    );
}

#[test]
fn a_folder_is_read_by_language() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Overrides::read(&dir.path().join("none")).is_ok(), "a pack need not change any words");
    std::fs::create_dir(dir.path().join("es")).unwrap();
    std::fs::write(dir.path().join("es/time.ftl"), "time-noon = las doce").unwrap();
    std::fs::write(dir.path().join("es/notes.txt"), "not words").unwrap();
    let words = Words::load(&Overrides::read(dir.path()).unwrap()).unwrap();
    assert_eq!(words.tongue(&Lang::es()).say("time-noon"), "las doce");

    std::fs::create_dir(dir.path().join("Spanish")).unwrap();
    assert!(matches!(Overrides::read(dir.path()), Err(WordsError::Lang { .. })));
}

#[test]
fn a_language_written_from_right_to_left_can_be_added_text_by_text() {
    let words = with("ar", "time-noon = الظهر").unwrap();
    let arabic = words.tongue(&"ar".parse().unwrap());
    assert_eq!((arabic.dir(), arabic.dir().as_str(), arabic.lang().as_str()), (Dir::Rtl, "rtl", "ar"));
    assert_eq!(arabic.say("time-noon"), "الظهر");
    assert_eq!(arabic.say("time-midnight"), "midnight", "what it lacks is shown in English");
    assert!(arabic.has("time-noon") && !arabic.has("time-midnight"));
    assert_eq!(arabic.day(date(2026, 12, 3), date(2026, 11, 23)), "الخميس، 3 ديسمبر");
    assert_eq!(words.tongue(&Lang::en()).dir(), Dir::Ltr);
}

#[test]
fn the_right_to_left_sample_is_there_only_when_asked_for() {
    let sample: Lang = MIRRORED.parse().unwrap();
    let words = Words::load(&Overrides::none().with_mirrored_sample()).unwrap();
    let mirrored = words.tongue(&sample);
    assert_eq!((mirrored.lang(), mirrored.dir()), (&sample, Dir::Rtl));
    assert_eq!(mirrored.say("time-noon"), "\u{202e}noon\u{202c}");
    assert_eq!(
        mirrored.say_with("time-clock-morning", &args! { "clock" => "9:30" }),
        "\u{2068}9:30\u{2069}\u{202e} a.m.\u{202c}",
        "what is put in is not mirrored"
    );
    assert_eq!(mirrored.number(1234), "1,234");
    assert_eq!(words.tongue(&Lang::en()).say("time-noon"), "noon");
    assert_eq!(Words::load(&Overrides::none()).unwrap().tongue(&sample).dir(), Dir::Ltr, "English instead");
}

#[test]
fn what_nobody_has_is_marked_and_never_a_panic() {
    let words = Words::load(&Overrides::none()).unwrap();
    let spanish = words.tongue(&Lang::es());
    assert_eq!(spanish.say("no-such-key"), "⟦no-such-key⟧");
    assert_eq!(
        words.tongue(&"tlh".parse().unwrap()).lang(),
        &Lang::en(),
        "unknown languages are shown in English"
    );
    assert_eq!(spanish.say_plain_with("time-clock-morning", &args! {}), "{$clock} a. m.");
}

#[test]
fn what_is_put_in_is_isolated_in_html_and_bare_in_plain_text() {
    let words = Words::load(&Overrides::none()).unwrap();
    let english = words.tongue(&Lang::en());
    assert_eq!(
        english.say_with("time-clock-morning", &args! { "clock" => "9:30" }),
        "\u{2068}9:30\u{2069} a.m."
    );
    assert_eq!(english.say_plain_with("time-clock-morning", &args! { "clock" => "9:30" }), "9:30 a.m.");
}

#[test]
fn numbers_in_messages_choose_the_plural_and_are_grouped() {
    let words = Words::load(&Overrides::none()).unwrap();
    let say = |lang: Lang, n: i64| words.tongue(&lang).say_plain_with("time-late-days", &args! { "n" => n });
    assert_eq!(say(Lang::en(), 1), "1 day late");
    assert_eq!(say(Lang::en(), 1234), "1,234 days late");
    assert_eq!(say(Lang::es(), 2), "2 días de retraso");
}

#[test]
fn a_phrase_that_opens_a_line_begins_with_a_capital() {
    let words = Words::load(&Overrides::none()).unwrap();
    assert_eq!(words.tongue(&Lang::es()).opening("él llamó"), "Él llamó");
    assert_eq!(words.tongue(&Lang::es()).opening(""), "");
}
