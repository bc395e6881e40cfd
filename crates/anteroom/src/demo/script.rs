//! What one invented person's inquiry is to go through. The desk's own acts do the rest.

use super::{matters::Matter, people::Invented};
use domain::{callback::CallOutcome, codes::OfficeCode, decision::Need, inquiry::Channel};
use jiff::{SignedDuration, Timestamp};

/// Where a script ends, whatever time is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nowhere: it goes on until the story's end.
    Open,
    /// Nobody has looked at it yet.
    Review,
    /// A call is promised, and nobody makes it.
    Promised,
    /// The officer is calling.
    Calling,
    /// They have spoken, and nothing is decided.
    Spoken,
    /// A visit is needed, and nothing is booked.
    ToBook,
    /// They are at the office, and nobody has served them.
    CheckedIn,
    /// The person withdraws while a call is promised.
    Withdrawn,
}

/// Which window is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// The so-manieth of those offered.
    Nth(usize),
    /// The one that holds this instant, else the first after it.
    At(Timestamp),
}

/// Which place is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceWish {
    /// The recommended one.
    Best,
    /// The one that starts nearest to this instant.
    Near(Timestamp),
}

/// One inquiry's way.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that happens in a story or does not")]
#[derive(Debug, Clone)]
pub struct Script {
    pub who: Invented,
    pub matter: Matter,
    pub zip: &'static str,
    pub channel: Channel,
    pub opened: Timestamp,
    /// How long until the callback is promised, opening hours of the line aside.
    pub promise_after: SignedDuration,
    /// The person chooses the window, not an officer.
    pub own_choice: bool,
    pub window: Window,
    /// The person moves the promised call.
    pub moves_call: bool,
    /// When the officer dials, instead of at the planned minute.
    pub dial_at: Option<Timestamp>,
    /// How the attempts end, in order; after the last one the person is reached.
    pub calls: Vec<CallOutcome>,
    /// What is decided against the recommendation, and why.
    pub need: Option<(Need, &'static str)>,
    /// The papers are asked for before a call is promised.
    pub papers_first: bool,
    /// After how long the papers are there.
    pub papers_after: Option<SignedDuration>,
    /// Another office, and why.
    pub office: Option<(OfficeCode, &'static str)>,
    pub place: PlaceWish,
    /// What the officer adds to the checklist.
    pub bring_also: Option<&'static str>,
    pub moves_visit: bool,
    pub cancels_visit: bool,
    pub comes: bool,
    pub end: End,
}

impl Script {
    /// A plain way: asked, called, decided, seen.
    pub fn new(who: Invented, matter: Matter, zip: &'static str, opened: Timestamp) -> Self {
        Self {
            who,
            matter,
            zip,
            channel: Channel::Web,
            opened,
            promise_after: SignedDuration::from_hours(2),
            own_choice: false,
            window: Window::Nth(0),
            moves_call: false,
            dial_at: None,
            calls: Vec::new(),
            need: None,
            papers_first: false,
            papers_after: None,
            office: None,
            place: PlaceWish::Best,
            bring_also: None,
            moves_visit: false,
            cancels_visit: false,
            comes: true,
            end: End::Open,
        }
    }
}
