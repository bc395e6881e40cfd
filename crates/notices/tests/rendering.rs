//! What a person reads, kind by kind and language by language.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use domain::{notice::NoticeKind, pii::Pii, text::Lang};
use locale::{Overrides, Words};
use notices::{Email, NoticeFacts, Sender, render, samples};
use std::{collections::BTreeSet, fmt::Write};

fn sender() -> Sender {
    Sender { address: "no-reply@agency.example".to_owned(), domain: "agency.example".to_owned() }
}

fn all() -> Vec<(NoticeFacts, Email)> {
    let words = Words::load(&Overrides::none()).unwrap();
    let to = Pii::from("ana@people.example");
    [Lang::en(), Lang::es()]
        .iter()
        .flat_map(samples)
        .map(|facts| {
            let email = render(&words, &facts, &sender(), &to);
            (facts, email)
        })
        .collect()
}

fn in_one_piece(lang: &str) -> String {
    let mut out = String::new();
    for (_, email) in all().iter().filter(|(facts, _)| facts.lang.as_str() == lang) {
        let calendar = email.calendar.as_ref().map_or("none", |c| c.method.as_str());
        writeln!(
            out,
            "######## {} (calendar: {calendar})\nSubject: {}\n\n{}",
            email.template, email.subject, email.text
        )
        .unwrap();
    }
    out
}

#[test]
fn english() {
    insta::assert_snapshot!(in_one_piece("en"));
}

#[test]
fn spanish() {
    insta::assert_snapshot!(in_one_piece("es"));
}

#[test]
fn one_page_of_html() {
    let all = all();
    let (_, email) = all.iter().find(|(f, _)| f.kind() == NoticeKind::AppointmentMoved).unwrap();
    insta::assert_snapshot!(email.html.replace("><", ">\n<"));
}

#[test]
fn there_is_a_sample_of_every_kind_in_every_language() {
    // A match, so that a new kind does not compile until it is listed.
    let listed = |kind| match kind {
        NoticeKind::RequestReceived
        | NoticeKind::PapersNeeded
        | NoticeKind::CallbackPromised
        | NoticeKind::CallbackMoved
        | NoticeKind::CallbackCancelled
        | NoticeKind::CallbackReminder
        | NoticeKind::CallbackMissed
        | NoticeKind::PromiseBroken
        | NoticeKind::DecisionMade
        | NoticeKind::ReviewAsked
        | NoticeKind::ReviewDecided
        | NoticeKind::AppointmentBooked
        | NoticeKind::AppointmentMoved
        | NoticeKind::AppointmentCancelled
        | NoticeKind::AppointmentReminder
        | NoticeKind::AppointmentConfirm
        | NoticeKind::AppointmentReleased
        | NoticeKind::EarlierOffered
        | NoticeKind::AppointmentMissed
        | NoticeKind::DayClosed
        | NoticeKind::DayReopened
        | NoticeKind::InquiryClosed
        | NoticeKind::LinkResent
        | NoticeKind::ContactChanged
        | NoticeKind::ProofChanged
        | NoticeKind::DelegateNamed
        | NoticeKind::DelegateLink
        | NoticeKind::TextAnswer => 28,
    };
    let all = all();
    for lang in ["en", "es"] {
        let kinds: BTreeSet<NoticeKind> = all
            .iter()
            .filter(|(facts, _)| facts.lang.as_str() == lang)
            .map(|(facts, _)| facts.kind())
            .collect();
        assert_eq!(kinds.len(), listed(NoticeKind::LinkResent), "{lang}: {kinds:?}");
    }
}

#[test]
fn no_text_is_missing_or_left_unfilled() {
    for (_, email) in all() {
        for text in [&email.subject, &email.text, &email.html] {
            for sign in ['⟦', '{', '}', '\u{2068}', '\u{2069}', '$'] {
                let style = *text == email.html && matches!(sign, '{' | '}');
                let body = if style { text.split("</style>").nth(1).unwrap() } else { text };
                assert!(!body.contains(sign), "{sign:?} in {}: {text}", email.template);
            }
        }
    }
}

#[test]
fn each_says_who_writes_what_to_do_and_that_nobody_asks_for_money() {
    for (facts, email) in all() {
        let payment =
            if facts.lang == Lang::en() { "We never ask for money" } else { "Nunca pedimos dinero" };
        let flat = email.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for needed in
            [facts.link.reveal().as_str(), &facts.agency.name, &facts.agency.phone, "4821 0934", payment]
        {
            assert!(flat.contains(needed), "{} lacks {needed:?}", email.template);
            assert!(email.html.contains(needed), "the page of {} lacks {needed:?}", email.template);
        }
        assert!(
            email.subject.contains("4821 0934") && email.subject.chars().count() <= 78,
            "{}",
            email.subject
        );
        assert!(!email.subject.contains("Ana"), "a subject is read on locked screens");
    }
}

#[test]
fn text_and_page_say_the_same() {
    for (_, email) in all() {
        let words = |text: &str| -> BTreeSet<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
        };
        let body = email.html.split("<main>").nth(1).unwrap();
        let mut shown = String::new();
        let mut in_tag = false;
        for c in body.chars() {
            match c {
                '<' => in_tag = true,
                '>' => {
                    in_tag = false;
                    shown.push(' ');
                }
                c if !in_tag => shown.push(c),
                _ => {}
            }
        }
        let (text, page) = (words(&email.text), words(&shown));
        assert!(
            text.is_subset(&{
                let mut page = page.clone();
                page.extend(words(&email.from_name));
                page
            }),
            "{}: {:?}",
            email.template,
            text.difference(&page).collect::<Vec<_>>()
        );
        let mut text = text;
        text.extend(words(&email.subject));
        assert!(
            page.is_subset(&text),
            "{}: {:?}",
            email.template,
            page.difference(&text).collect::<Vec<_>>()
        );
    }
}

/// Every element is closed, in order; one heading; language and direction named; nothing fetched or run.
#[test]
fn the_page_is_sound() {
    const VOID: [&str; 3] = ["meta", "br", "!DOCTYPE"];
    for (facts, email) in all() {
        let mut open: Vec<&str> = Vec::new();
        for tag in email.html.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap();
            let name = tag.split_whitespace().next().unwrap();
            if let Some(closed) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{}", email.template);
            } else if !VOID.contains(&name) {
                open.push(name);
            }
            assert!(
                [
                    "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "div", "p", "main", "h1",
                    "h2", "table", "tr", "th", "td", "br", "ul", "li", "a", "footer"
                ]
                .contains(&name.trim_start_matches('/')),
                "<{name}> is not expected in a notice"
            );
            assert!(!tag.contains("src=") && !tag.contains(" on") && !tag.contains("url("), "{tag}");
            if name == "th" {
                assert!(tag.contains("scope=\"row\""), "{tag}");
            }
        }
        assert!(open.is_empty(), "{open:?}");
        let count = |what: &str| email.html.matches(what).count();
        assert_eq!(count("<h1 "), 1);
        assert_eq!(count("<a "), 1, "one thing to do");
        assert!(email.html.contains(&format!("<html lang=\"{}\" dir=\"ltr\">", facts.lang)));
        assert!(email.html.contains("max-width:600px"));
    }
}

#[test]
fn what_people_type_is_escaped() {
    let words = Words::load(&Overrides::none()).unwrap();
    let mut facts = samples(&Lang::en()).remove(0);
    facts.first_name = Some(Pii::from("<img src=x onerror=alert(1)>"));
    let email = render(&words, &facts, &sender(), &Pii::from("ana@people.example"));
    assert!(email.html.contains("&lt;img src=x") && !email.html.contains("<img"));
    assert!(email.text.contains("Hello <img"), "plain text is plain");
}

#[test]
fn facts_are_kept_as_json_and_come_back_the_same() {
    for lang in [Lang::en(), Lang::es()] {
        for facts in samples(&lang) {
            let json = serde_json::to_value(&facts).unwrap();
            assert_eq!(
                json["news"]["kind"],
                facts.kind().as_str(),
                "the stored name of a kind is the domain's"
            );
            assert_eq!(serde_json::from_value::<NoticeFacts>(json).unwrap(), facts);
        }
    }
}

#[test]
fn nothing_personal_is_printed_for_debugging() {
    for (facts, email) in all() {
        let printed = format!("{facts:?} {email:?}");
        for secret in ["\"Ana\"", "k-9f2c1d7be04a", "ana@people.example"] {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
    }
}

/// Plain language is measured: sentences short enough to be read aloud, and for English a Flesch-Kincaid
/// grade of at most 8 (Kincaid et al. 1975: 0.39 words per sentence + 11.8 syllables per word − 15.59).
#[test]
fn sentences_are_short_and_words_plain() {
    for (facts, email) in all() {
        let prose: Vec<String> = email
            .text
            .split("\n\n")
            .filter(|block| {
                !block.starts_with("  ") && !block.contains("https://") && !block.contains("  - ")
            })
            .map(|block| block.replace('\n', " "))
            .collect();
        let (mut sentences, mut words, mut syllables) = (0_u32, 0_u32, 0_u32);
        for sentence in prose.iter().flat_map(|block| block.split(['.', ':', '!', '?'])) {
            let found: Vec<&str> =
                sentence.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).collect();
            if found.is_empty() {
                continue;
            }
            assert!(found.len() <= 20, "{} words: {sentence}", found.len());
            sentences += 1;
            words += u32::try_from(found.len()).unwrap();
            syllables += found.iter().map(|word| english_syllables(word)).sum::<u32>();
        }
        if facts.lang == Lang::en() {
            let (sentences, words, syllables) =
                (f64::from(sentences), f64::from(words), f64::from(syllables));
            let grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
            assert!(grade <= 8.0, "{} reads at grade {grade:.1}", email.template);
        }
    }
}

/// Groups of vowels, without a silent e at the end. Within a few percent of a dictionary on prose.
fn english_syllables(word: &str) -> u32 {
    let word = word.to_lowercase();
    let vowel = |c: char| "aeiouy".contains(c);
    let mut count = 0;
    let mut before = false;
    for c in word.chars() {
        count += u32::from(vowel(c) && !before);
        before = vowel(c);
    }
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    if count > 1 && letters.ends_with('e') && !letters.ends_with("le") {
        count -= 1;
    }
    count.max(1)
}
