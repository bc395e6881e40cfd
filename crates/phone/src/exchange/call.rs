//! One call, as the exchange knows it.

use super::{outside::Outward, recording::Taping, telling::Telling};
use crate::{
    answering::{Manner, Phase},
    record::Record,
    saying::Saying,
};
use desk::{Desk, acts::JoinWait};
use domain::{
    codes::QueueCode,
    ids::{InquiryId, StaffId, WaitId},
    mark::MarkCode,
    phone::PhoneNumber,
    text::Lang,
    urgency::Urgency,
    wait::Keyed,
};
use jiff::Timestamp;
use line::Engine;
use media::LegId;
use sip::CallId;
use std::{fmt, time::Instant};
use web::switchboard::{CallToken, With};

/// Which call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CallKey {
    /// One that came or goes by a trunk.
    Trunk(CallId),
    /// A visitor's, from a browser.
    Browser(LegId),
}

impl fmt::Display for CallKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trunk(call) => call.fmt(f),
            Self::Browser(leg) => write!(f, "browser-{}", leg.0),
        }
    }
}

/// What a call is for.
#[derive(Debug)]
pub(super) enum Role {
    /// Somebody calls the line.
    Caller,
    /// Somebody calls the line from the page, by this name.
    Visitor(CallToken),
    /// We call somebody back.
    Callback {
        /// Who asked for it.
        staff: StaffId,
        /// About what.
        with: With,
        /// How far it is.
        phase: Phase,
        /// How it goes.
        manner: Manner,
        /// Its code.
        mark: MarkCode,
    },
    /// We tell somebody a notice.
    Telling(Box<Telling>),
    /// We call a line outside, with a caller.
    Outside(Box<Outward>),
}

/// A call.
pub(super) struct Call {
    /// What it is for.
    pub role: Role,
    /// Its sound.
    pub leg: media::LegId,
    /// Who calls, where that is told.
    pub number: Option<PhoneNumber>,
    /// The language of the page that called.
    pub lang: Option<Lang>,
    /// The desk of the time when it came: a call is played to its end by one pack.
    pub desk: Desk,
    /// The line, once it plays.
    pub line: Option<Engine>,
    /// What is still to be said.
    pub saying: Saying,
    /// When the line is to be woken, as it stands among the exchange's wakes.
    pub wake: Option<Timestamp>,
    /// Its place in the wait.
    pub waits: Waits,
    /// Since when nothing has come from a visitor's browser. A network that stutters is there again in a moment.
    pub gone: Option<Instant>,
    /// How it is with its recording.
    pub taping: Taping,
    /// What the call has been through.
    pub record: Record,
}

/// Whom we call.
#[derive(Debug, Clone)]
pub struct Whom {
    /// Where.
    pub number: PhoneNumber,
    /// In which language the line speaks with them.
    pub lang: Lang,
    /// Calls come to them by a relay service.
    pub relay: bool,
    /// They have said that it may be heard who calls: then a message may be left.
    pub message: bool,
    /// The code of the call.
    pub mark: MarkCode,
}

/// Where a call stands in the wait for an operator.
#[derive(Debug, Default)]
pub(super) struct Waits {
    /// The wait.
    pub id: Option<WaitId>,
    /// The queue that was asked for last, and in which language.
    pub queue: Option<(QueueCode, Lang)>,
    /// Under which number the line waits for an operator.
    pub enqueued: Option<u64>,
    /// Under which number it waits for the talk to end.
    pub connected: Option<u64>,
    /// The inquiry that it is about, if it is known.
    pub inquiry: Option<InquiryId>,
    /// The inquiry about which the number that rings was called in vain.
    pub rung: Option<InquiryId>,
    /// Who has taken the call.
    pub operator: Option<StaffId>,
    /// The call to the line outside to which they were passed on.
    pub outside: Option<CallKey>,
    /// Whether whoever is cut off keeps the place.
    pub keep: bool,
    /// When the caller was told last how long it takes.
    pub told: Option<Timestamp>,
    /// What was keyed that an operator would otherwise ask for again.
    pub keyed: Keyed,
    /// The key for a person was pressed in this moment.
    pub wants_person: bool,
    /// Under which number the line asked, because of that key, whether somebody is there.
    pub asks_for_person: Option<u64>,
}

impl Call {
    /// A call that has just begun: whose number is told, and in which language, as far as that is known.
    pub fn begin(
        role: Role,
        leg: LegId,
        (number, lang): (Option<PhoneNumber>, Option<Lang>),
        desk: Desk,
        record: Record,
    ) -> Self {
        Self {
            role,
            leg,
            number,
            lang,
            desk,
            line: None,
            saying: Saying::default(),
            wake: None,
            waits: Waits::default(),
            gone: None,
            taping: Taping::default(),
            record,
        }
    }

    /// A place on the line for whoever calls, as far as they have shown who they are.
    pub fn place(&self, queue: QueueCode, lang: Lang) -> JoinWait {
        let about = self.record.about.filter(|about| about.proved);
        JoinWait {
            queue,
            lang,
            reason: None,
            urgency: Urgency::Regular,
            person: about.map(|about| about.person),
            inquiry: about.map(|about| about.inquiry),
            number: self.number.clone(),
            first_asked: None,
            node: None,
            rung: self.waits.rung,
            keyed: self.waits.keyed.clone(),
            relay: self.line.as_ref().map(|line| line.accommodation().may_be_silent()),
        }
    }
}
