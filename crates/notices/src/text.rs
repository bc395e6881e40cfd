//! A notice as a text message, and what a person writes in one.

use crate::facts::{Instead, Moment, News, NoticeFacts, TextSays, Window};
use domain::texting::TextWord;
use locale::{Tongue, Words, args};

/// The version of these templates, as for [`crate::TEMPLATE_VERSION`].
const VERSION: u32 = 2;

/// The alphabet of GSM 03.38 §6.2.1, without what takes two places.
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// What of it takes two places (§6.2.1.1).
const GSM_TWICE: &str = "^{}\\[~]|€";

/// A notice, written out as a text message.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub body: String,
    /// Kind and version of the template.
    pub template: String,
}

/// Prints nothing that it says.
impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Text").field("template", &self.template).finish_non_exhaustive()
    }
}

impl Text {
    /// How many messages the carrier makes of it: 160 characters of the GSM alphabet or 70 others are one; in more than one
    /// each has 153 or 67 (3GPP TS 23.040 §9.2.3.24).
    pub fn parts(&self) -> usize {
        let gsm: Option<usize> = self
            .body
            .chars()
            .map(|c| if GSM.contains(c) { Some(1) } else { GSM_TWICE.contains(c).then_some(2) })
            .sum();
        let (size, one, each) = match gsm {
            Some(size) => (size, 160, 153),
            None => (self.body.encode_utf16().count(), 70, 67),
        };
        if size <= one { 1 } else { size.div_ceil(each) }
    }
}

/// Writes the notice as a text in the person's language. Nothing of the case is in it: whoever looks at a locked telephone
/// reads it.
pub fn text(words: &Words, facts: &NoticeFacts) -> Text {
    let t = words.tongue(&facts.lang);
    Text { body: fold(&sentence(t, facts)), template: format!("text/{}/{VERSION}", facts.template()) }
}

/// Four vowels with an accent are not in the alphabet, and one of them would more than halve what fits; they are read without
/// it. Spaces and dashes of print become plain ones.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'á' => 'a',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            'Á' => 'A',
            'Í' => 'I',
            'Ó' => 'O',
            'Ú' => 'U',
            '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
            '\u{2013}' | '\u{2014}' | '\u{2011}' => '-',
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            other => other,
        })
        .collect()
}

/// What it says, as sentences; also the one paragraph of an e-mail that answers a text.
pub(crate) fn sentence(t: &Tongue, facts: &NoticeFacts) -> String {
    let agency = if facts.agency.short.is_empty() { &facts.agency.name } else { &facts.agency.short };
    // The code stands beside the name, where it costs least: most texts are nearly full.
    let agency = facts.mark.map_or_else(|| agency.clone(), |mark| format!("{agency} {mark}"));
    let agency = agency.as_str();
    let (number, phone) = (facts.inquiry.to_string(), facts.agency.phone.as_str());
    let link = facts.link.reveal().as_str();
    let during = |w: &Window| t.window(w.from, w.until, &w.zone, facts.made_at);
    let at = |m: &Moment| t.moment(m.at, &m.zone, facts.made_at);
    let visit =
        |a: &crate::facts::Appointment| (t.moment(a.starts, &a.zone, facts.made_at), a.office.name.clone());
    let about = args! { "agency" => agency, "number" => number.as_str() };
    let ask = args! { "agency" => agency, "phone" => phone };
    let when = |when: String| args! { "agency" => agency, "when" => when };
    let place =
        |(when, office): (String, String)| args! { "agency" => agency, "when" => when, "office" => office };
    match &facts.news {
        News::Neutral { .. } => t.say_plain("notices-neutral-text"),
        News::RequestReceived { .. } => t.say_plain_with("texts-request-received", &about),
        News::PapersNeeded { .. } => t.say_plain_with("texts-papers-needed", &about),
        News::CallbackPromised { window, .. } => {
            t.say_plain_with("texts-callback-promised", &when(during(window)))
        }
        News::CallbackMoved { window, .. } => t.say_plain_with("texts-callback-moved", &when(during(window))),
        News::CallbackCancelled { window, .. } => {
            t.say_plain_with("texts-callback-cancelled", &when(during(window)))
        }
        News::CallbackReminder { window, .. } => {
            t.say_plain_with("texts-callback-reminder", &when(during(window)))
        }
        News::CallbackMissed { next: Some(next), .. } => {
            t.say_plain_with("texts-callback-missed", &when(during(next)))
        }
        News::CallbackMissed { next: None, .. } => {
            t.say_plain_with("texts-callback-missed-choose", &args! { "agency" => agency })
        }
        News::PromiseBroken { next: Some(next), .. } => {
            t.say_plain_with("texts-promise-broken-next", &when(during(next)))
        }
        News::PromiseBroken { next: None, .. } => {
            t.say_plain_with("texts-promise-broken", &args! { "agency" => agency })
        }
        News::DecisionMade { .. } => t.say_plain_with("texts-decision-made", &about),
        News::ReviewAsked { .. } => t.say_plain_with("texts-review-asked", &about),
        News::ReviewDecided { .. } => t.say_plain_with("texts-review-decided", &about),
        News::AppointmentBooked { appointment } => {
            t.say_plain_with("texts-appointment-booked", &place(visit(appointment)))
        }
        News::AppointmentMoved { appointment, .. } => {
            t.say_plain_with("texts-appointment-moved", &place(visit(appointment)))
        }
        News::AppointmentReminder { appointment } => {
            t.say_plain_with("texts-appointment-reminder", &place(visit(appointment)))
        }
        News::AppointmentConfirm { appointment, lost_after: None } => {
            t.say_plain_with("texts-appointment-confirm", &place(visit(appointment)))
        }
        News::AppointmentConfirm { appointment, lost_after: Some(by) } => {
            // Both moments in words would be two messages.
            let hours = appointment.starts.duration_since(by.at).as_mins().div_euclid(60).max(1);
            t.say_plain_with(
                "texts-appointment-confirm-by",
                &args! { "agency" => agency, "when" => visit(appointment).0, "hours" => hours },
            )
        }
        News::AppointmentReleased { appointment } => {
            t.say_plain_with("texts-appointment-released", &when(visit(appointment).0))
        }
        News::EarlierOffered { start, until, .. } => {
            // The day stands in the first moment, and an offer lasts a few hours: the hour alone says until when.
            let zone = jiff::tz::TimeZone::get(&until.zone).unwrap_or(jiff::tz::TimeZone::UTC);
            let until = t.time(until.at.to_zoned(zone).time());
            t.say_plain_with(
                "texts-earlier-offered",
                &args! { "agency" => agency, "when" => at(start), "until" => until },
            )
        }
        News::AppointmentCancelled { appointment, .. } => {
            t.say_plain_with("texts-appointment-cancelled", &when(visit(appointment).0))
        }
        News::AppointmentMissed { .. } => t.say_plain_with("texts-appointment-missed", &about),
        News::DayClosed { instead, .. } => match instead {
            Instead::Place { appointment, .. } => {
                t.say_plain_with("texts-day-closed", &place(visit(appointment)))
            }
            Instead::Call { window, .. } => t.say_plain_with("texts-day-closed-call", &when(during(window))),
            Instead::Officer => t.say_plain_with("texts-day-closed-officer", &args! { "agency" => agency }),
        },
        News::DayReopened { appointment } => {
            t.say_plain_with("texts-day-reopened", &place(visit(appointment)))
        }
        News::InquiryClosed { .. } => t.say_plain_with("texts-inquiry-closed", &about),
        News::LinkResent { .. } => {
            t.say_plain_with("texts-link-resent", &args! { "agency" => agency, "link" => link })
        }
        News::ContactChanged => t.say_plain_with("texts-contact-changed", &ask),
        News::ProofChanged { at: moment } => t.say_plain_with(
            "texts-proof-changed",
            &args! { "agency" => agency, "when" => at(moment), "phone" => phone },
        ),
        News::DelegateNamed { .. } => t.say_plain_with("texts-delegate-named", &ask),
        News::DelegateLink { .. } => {
            t.say_plain_with("texts-delegate-link", &args! { "agency" => agency, "link" => link })
        }
        News::TextAnswer { says } => match says {
            TextSays::Help => t.say_plain_with(
                "texts-help",
                &args! { "agency" => agency, "number" => number.as_str(), "phone" => phone },
            ),
            TextSays::Stopped => t.say_plain_with("texts-stopped", &ask),
            TextSays::Started => t.say_plain_with("texts-started", &about),
            TextSays::Confirmed { start } => t.say_plain_with("texts-confirmed", &when(at(start))),
            TextSays::Choose => {
                t.say_plain_with("texts-choose", &args! { "agency" => agency, "link" => link })
            }
            TextSays::Nothing => t.say_plain_with("texts-nothing", &ask),
            TextSays::NotByText => t.say_plain_with("texts-not-by-text", &ask),
        },
    }
}

/// The most words a message may have to be taken for one of ours: "cancel please", but not a sentence.
const MOST_WORDS: usize = 3;

/// What a message says, in whichever language; none when it is none of our words.
pub fn word(words: &Words, said: &str) -> Option<TextWord> {
    let plain: Vec<String> = said
        .split_whitespace()
        .map(|word| fold(word).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect())
        .filter(|word: &String| !word.is_empty())
        .take(MOST_WORDS + 1)
        .collect();
    let first = plain.first().filter(|_| plain.len() <= MOST_WORDS)?;
    TextWord::ALL.into_iter().find(|one| {
        words.langs().any(|lang| {
            let known = words.tongue(lang).say_of("texts-words", one.as_str());
            known.split_whitespace().any(|known| known == first)
        })
    })
}
