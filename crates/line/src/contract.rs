//! What the line can ask for, and the facts that come of it: the contract between call flows and this program.
//!
//! A call flow declares the facts it gathers itself. Everything here it may use without declaring it.

use crate::form::Form;
use domain::{inquiry::Stage, text::Lang};
use facts::{Declared, Kind, Schema};
use std::collections::BTreeMap;

/// What the line asks somebody else for; the call waits until it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// Whether the line is open, why not, and how long the wait is.
    Line,
    /// Whether whoever rings from this number has been called in vain, or keeps a place.
    Owed,
    /// A case by its number.
    Case,
    /// The office that serves a ZIP code.
    Office,
    /// Where an inquiry stands, by its number.
    Inquiry,
    /// Whether the caller is the person of the inquiry.
    Verify,
    /// To which windows its callback could move.
    Windows,
    /// Move the callback.
    MoveCallback,
    /// Give the callback back.
    CancelCallback,
    /// Promise to call back instead of letting the caller wait.
    OfferCallback,
    /// Wait in a queue.
    Enqueue,
    /// Talk with whom the queue found.
    Connect,
}

/// How one way to be answered ends.
pub(crate) struct Outcome {
    pub name: &'static str,
    /// The facts that are known when it ends so.
    pub gives: &'static [&'static str],
}

impl Ask {
    /// What a flow may look up.
    pub(crate) const LOOKUPS: [Self; 7] =
        [Self::Line, Self::Owed, Self::Case, Self::Office, Self::Inquiry, Self::Verify, Self::Windows];
    /// What a flow may have done.
    pub(crate) const ACTS: [Self; 2] = [Self::MoveCallback, Self::CancelCallback];

    /// The name in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Owed => "owed",
            Self::Case => "case",
            Self::Office => "office",
            Self::Inquiry => "inquiry",
            Self::Verify => "verify",
            Self::Windows => "windows",
            Self::MoveCallback => "move-callback",
            Self::CancelCallback => "cancel-callback",
            Self::OfferCallback => "offer_callback",
            Self::Enqueue => "enqueue",
            Self::Connect => "connect",
        }
    }

    /// The facts that must be known before.
    pub(crate) const fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Case => &["case_number"],
            Self::Office => &["zip"],
            Self::Inquiry => &["inquiry_number"],
            Self::Verify => &["inquiry_number", "born"],
            Self::Windows | Self::CancelCallback => &["inquiry_number", "verified"],
            Self::MoveCallback => &["inquiry_number", "verified", "window_choice"],
            Self::Line | Self::Owed | Self::OfferCallback | Self::Enqueue | Self::Connect => &[],
        }
    }

    pub(crate) const fn outcomes(self) -> &'static [Outcome] {
        const FOUND_CASE: Outcome = Outcome {
            name: "found",
            gives: &["case_form", "case_state", "case_title", "case_meaning", "case_updated", "case_ask"],
        };
        const FOUND_OFFICE: Outcome = Outcome {
            name: "found",
            gives: &["office_name", "office_address", "office_hours", "office_open", "office_approximate"],
        };
        match self {
            Self::Line => &[Outcome {
                name: "done",
                gives: &["open", "closed_because", "callback_offered", "announced"],
            }],
            Self::Owed => {
                &[Outcome { name: "something", gives: &["owed"] }, Outcome { name: "nothing", gives: &[] }]
            }
            Self::Case => &[FOUND_CASE, Outcome { name: "none", gives: &[] }],
            Self::Office => &[FOUND_OFFICE, Outcome { name: "none", gives: &[] }],
            Self::Inquiry => &[
                Outcome { name: "found", gives: &["inquiry_stage", "promise", "may_move", "call_missed"] },
                Outcome { name: "none", gives: &[] },
            ],
            Self::Verify => {
                &[Outcome { name: "yes", gives: &["verified"] }, Outcome { name: "no", gives: &[] }]
            }
            Self::Windows => &[
                Outcome { name: "some", gives: &["windows", "window_1"] },
                Outcome { name: "none", gives: &[] },
            ],
            Self::MoveCallback => &[
                Outcome { name: "done", gives: &["promise_window"] },
                Outcome { name: "refused", gives: &[] },
            ],
            Self::CancelCallback => {
                &[Outcome { name: "done", gives: &[] }, Outcome { name: "refused", gives: &[] }]
            }
            Self::OfferCallback => &[
                Outcome { name: "promised", gives: &["callback_window"] },
                Outcome { name: "refused", gives: &[] },
            ],
            Self::Enqueue => {
                &[Outcome { name: "reached", gives: &[] }, Outcome { name: "closed", gives: &[] }]
            }
            Self::Connect => &[Outcome { name: "ended", gives: &[] }, Outcome { name: "failed", gives: &[] }],
        }
    }

    /// The outcome with this name.
    pub(crate) fn outcome(self, name: &str) -> Option<&'static Outcome> {
        self.outcomes().iter().find(|outcome| outcome.name == name)
    }

    /// The facts that no longer hold once this is answered, however it is answered.
    pub(crate) fn replaces(self) -> Vec<&'static str> {
        if Self::LOOKUPS.contains(&self) { self.may_give() } else { Vec::new() }
    }

    /// Every fact that some answer to this may give, also those that are not there each time.
    fn may_give(self) -> Vec<&'static str> {
        let always = self.outcomes().iter().flat_map(|outcome| outcome.gives.iter().copied());
        let more: &[&str] = match self {
            Self::Line => &["opens_at", "announcement", "wait_from", "wait_to"],
            Self::Case => &["case_received", "case_next", "case_ask_from"],
            Self::Office => &["office_opens_at"],
            Self::Inquiry => &["promise_window", "promise_at", "promise_office"],
            Self::Windows => &["window_2", "window_3", "window_choice"],
            Self::Enqueue => &["position", "position_over"],
            _ => &[],
        };
        always.chain(more.iter().copied()).collect()
    }
}

/// The facts that are no longer true of anything once this one changes. The wait is announced in numbers; everything else that
/// a lookup gave is in the language of the call, or about what was asked.
pub(crate) fn forgotten_with(fact: &str) -> Vec<&'static str> {
    // Whether something is announced is so in every language; what, and how long one waits for who speaks it, is not.
    const OF_THE_LINE: [&str; 4] = ["announcement", "wait_from", "wait_to", "callback_offered"];
    let asks: &[Ask] = match fact {
        "case_number" => &[Ask::Case],
        "zip" => &[Ask::Office],
        "inquiry_number" => &[Ask::Inquiry, Ask::Verify, Ask::Windows, Ask::MoveCallback],
        "lang" => &[Ask::Case, Ask::Office, Ask::Inquiry],
        _ => &[],
    };
    let of_the_line = if fact == "lang" { &OF_THE_LINE[..] } else { &[] };
    let given = asks.iter().flat_map(|ask| ask.may_give()).filter(|given| *given != fact);
    given.chain(of_the_line.iter().copied()).collect()
}

/// The facts that are there from the first moment of a call.
pub(crate) const GIVEN: [&str; 4] = ["lang", "lang_remembered", "caller_known", "accommodation"];
/// What is told only while a caller waits in a queue, and is unknown at first.
pub(crate) const TOLD_IN_QUEUE: [&str; 4] = ["position", "position_over", "wait_from", "wait_to"];
/// What a caller may need so that silence and slowness are no fault.
pub(crate) const ACCOMMODATIONS: [&str; 4] = ["none", "more-time", "relay", "tty"];
/// What a prompt may use beside facts where digits were keyed in part: what was keyed, and how many are missing.
pub(crate) const ENTERED: [&str; 2] = ["entered", "missing"];
/// The facts a flow may gather or set itself though it does not declare them.
pub(crate) const SETTABLE: [&str; 7] =
    ["lang", "accommodation", "case_number", "zip", "inquiry_number", "born", "window_choice"];

/// Every fact of the contract, and the form of those that are texts.
pub(crate) fn schema(langs: &[Lang]) -> (Schema, BTreeMap<String, Form>) {
    let words = |words: &[&str]| Kind::OneOf(words.iter().map(|&word| word.to_owned()).collect());
    let int = |min, max| Kind::Int { min, max };
    let (mut schema, mut forms) = (Schema::new(), BTreeMap::new());
    let mut fact = |name: &str, kind: Kind, about: &str| {
        let optional = !GIVEN.contains(&name);
        schema.insert(name.to_owned(), Declared { kind, about: about.to_owned(), optional });
    };
    fact("lang", Kind::OneOf(langs.iter().map(ToString::to_string).collect()), "The language of the call.");
    fact("lang_remembered", Kind::Bool, "This number chose its language before.");
    fact("caller_known", Kind::Bool, "The caller's number is known, so that they can be called back.");
    fact("accommodation", words(&ACCOMMODATIONS), "What the caller needs so that silence is no fault.");
    fact("open", Kind::Bool, "Operators answer now.");
    fact("closed_because", words(&["open", "hours", "holiday", "closure"]), "Why they do not.");
    fact("callback_offered", Kind::Bool, "A callback can be promised instead of waiting.");
    fact("announced", Kind::Bool, "An announcement stands.");
    fact("wait_from", int(0, 1440), "The least wait that is likely, in minutes.");
    fact("wait_to", int(0, 1440), "The longest wait that is likely, in minutes.");
    fact("position", int(1, 100_000), "The caller's place in the queue; 1 is next.");
    fact("position_over", int(10, 100_000), "Of a long queue: more people than this are before the caller.");
    fact("owed", words(&["call", "place"]), "This number was called in vain, or keeps a place in line.");
    fact("call_missed", Kind::Bool, "The promised call was made in vain, or not at all.");
    fact("case_state", words(&["received", "pending", "decision"]), "Which of the three things the case is.");
    fact("case_ask", words(&["unknown", "from", "now"]), "When asking about the case helps.");
    fact("office_open", Kind::Bool, "The office is open now.");
    fact(
        "office_approximate",
        Kind::Bool,
        "The office rests on part of the ZIP code and may be another one.",
    );
    fact("inquiry_stage", words(&Stage::NAMES), "Where the inquiry stands.");
    fact("promise", words(&["none", "callback", "appointment"]), "What is owed to the person.");
    fact("may_move", Kind::Bool, "The promise may still be moved or given back.");
    fact("verified", Kind::Bool, "The caller has shown that the inquiry is theirs.");
    fact("windows", int(1, 3), "How many windows are offered.");
    fact("window_choice", int(1, 3), "Which of them the caller chose.");
    for (name, form, about) in [
        ("opens_at", Form::Moment, "When operators answer again."),
        ("announcement", Form::Text, "What is announced to every caller."),
        ("case_number", Form::Code, "The number of the case that the caller keyed."),
        ("case_form", Form::Text, "The form it began with."),
        ("case_title", Form::Text, "Its status in words."),
        ("case_meaning", Form::Text, "What that means."),
        ("case_received", Form::Date, "When the agency received it."),
        ("case_updated", Form::Date, "When its status last changed."),
        ("case_next", Form::Text, "What normally comes next."),
        ("case_ask_from", Form::Date, "From when on asking helps; known only while that lies ahead."),
        ("zip", Form::Zip, "The ZIP code that the caller keyed."),
        ("office_name", Form::Text, "The office that serves it."),
        ("office_address", Form::Address, "Its address."),
        ("office_hours", Form::Week, "Its hours."),
        ("office_opens_at", Form::Moment, "When it opens again; not known while it is open."),
        ("inquiry_number", Form::InquiryNumber, "The inquiry number that the caller keyed."),
        ("born", Form::Date, "The date of birth that the caller keyed."),
        ("promise_window", Form::Window, "When they are called."),
        ("promise_at", Form::Moment, "When they are expected."),
        ("promise_office", Form::Text, "Where they are expected."),
        ("window_1", Form::Window, "The first window offered."),
        ("window_2", Form::Window, "The second."),
        ("window_3", Form::Window, "The third."),
        ("callback_window", Form::Window, "When they are called back."),
    ] {
        fact(name, Kind::Text, about);
        forms.insert(name.to_owned(), form);
    }
    (schema, forms)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Ask; 12] = [
        Ask::Line,
        Ask::Owed,
        Ask::Case,
        Ask::Office,
        Ask::Inquiry,
        Ask::Verify,
        Ask::Windows,
        Ask::MoveCallback,
        Ask::CancelCallback,
        Ask::OfferCallback,
        Ask::Enqueue,
        Ask::Connect,
    ];

    #[test]
    fn every_fact_that_is_needed_given_or_settable_exists() {
        let (schema, _) = schema(&[Lang::en()]);
        for ask in ALL {
            for name in ask.needs().iter().copied().chain(ask.may_give()) {
                assert!(schema.contains_key(name), "{name} of {}", ask.as_str());
            }
        }
        for name in GIVEN.iter().chain(&SETTABLE) {
            assert!(schema.contains_key(*name), "{name}");
        }
        // And nothing stands there that nobody gives.
        let given: Vec<&str> = ALL.into_iter().flat_map(Ask::may_give).collect();
        for name in schema.keys() {
            let name = name.as_str();
            assert!(given.contains(&name) || GIVEN.contains(&name) || SETTABLE.contains(&name), "{name}");
        }
    }
}
