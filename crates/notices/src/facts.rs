//! What a notice is made from, pinned when the matter was decided.

use domain::{
    ids::AppointmentId, mark::MarkCode, notice::NoticeKind, number::InquiryNumber, pii::Pii, text::Lang,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Everything a notice says. Stored in the outbox as JSON: a later change of an office's name or an
/// agency's number must not rewrite what the person was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFacts {
    /// The person's language.
    pub lang: Lang,
    /// Who writes.
    pub agency: Agency,
    /// The public number of the inquiry.
    pub inquiry: InquiryNumber,
    /// The person's first name, when they gave one.
    pub first_name: Option<Pii<String>>,
    /// The signed link to the inquiry page. Whoever has it can change the inquiry, so it is kept like
    /// personal data.
    pub link: Pii<String>,
    /// When the notice was decided. It is the calendar file's DTSTAMP and decides whether a year is said.
    pub made_at: Timestamp,
    /// The code that stands on it, by which we say whether it was ours; given when it is handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<MarkCode>,
    /// What is new.
    pub news: News,
}

impl NoticeFacts {
    /// The same notice without a word of what it is about.
    #[must_use]
    pub fn neutral(self) -> Self {
        Self { news: News::Neutral { of: self.kind() }, first_name: None, ..self }
    }

    /// What its template is called. It stands in the message, where it must not tell of what kind a neutral one is.
    pub const fn template(&self) -> &'static str {
        if self.is_neutral() { "neutral" } else { self.kind().as_str() }
    }

    /// Does it say nothing of what it is about?
    pub const fn is_neutral(&self) -> bool {
        matches!(self.news, News::Neutral { .. })
    }

    /// Which notice this is.
    pub const fn kind(&self) -> NoticeKind {
        self.news.kind()
    }
}

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// The agency's name in the person's language.
    pub name: String,
    /// The name people use, where there is no room for the other.
    #[serde(default)]
    pub short: String,
    /// The one published telephone number, as it is written for people: `1-800-555-0100`. Calls come from it
    /// and questions go to it.
    pub phone: String,
}

/// A time promised to a person, with the zone it was promised in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// The IANA zone.
    pub zone: String,
}

/// A promised window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Its start.
    pub from: Timestamp,
    /// Its end, exclusive.
    pub until: Timestamp,
    /// The IANA zone it was promised in.
    pub zone: String,
}

/// Where a person has to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Its name in the person's language.
    pub name: String,
    /// Its address, line by line.
    pub address: Vec<String>,
}

/// An appointment as the person is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Which booking: the calendar file's identity for as long as it lives.
    pub id: AppointmentId,
    /// How often its place or time has changed; each change raises it, a cancellation too.
    pub sequence: u32,
    /// Its start.
    pub starts: Timestamp,
    /// Its end, exclusive.
    pub ends: Timestamp,
    /// The office's IANA zone.
    pub zone: String,
    /// Where.
    pub office: Office,
    /// What to bring, in the person's language.
    pub bring: Vec<String>,
    /// How many minutes before the start the person may come at most.
    pub early_minutes: u16,
}

/// Who cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// The person, who is told that it was done.
    Person,
    /// Whoever acts for the person, who is told that it was done.
    Delegate,
    /// The agency, which owes an apology.
    Agency,
}

/// What is new: one variant for each [`NoticeKind`], with only what that kind needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum News {
    /// The request has come in.
    RequestReceived {
        /// The day by which an officer has read it, when the agency promises one.
        answer_by: Option<Date>,
    },
    /// Papers are missing.
    PapersNeeded {
        /// Which, in the person's language. Neutral names ("a copy of your passport"), no case facts.
        papers: Vec<String>,
        /// The last day on which the place is kept.
        until: Option<Date>,
    },
    /// A call is promised.
    CallbackPromised {
        /// When.
        window: Window,
        /// Whether the person chose a phrase by which to know the officer. Never the phrase itself.
        phrase: bool,
    },
    /// A promised call has moved.
    CallbackMoved {
        /// When it was.
        before: Window,
        /// When it is.
        window: Window,
        /// Whether the person chose a phrase.
        phrase: bool,
    },
    /// A promised call is given back.
    CallbackCancelled {
        /// When it was.
        window: Window,
        /// By whom.
        by: Whom,
    },
    /// A promised call is near.
    CallbackReminder {
        /// When.
        window: Window,
        /// Whether the person chose a phrase.
        phrase: bool,
    },
    /// We called and did not reach the person.
    CallbackMissed {
        /// When it was promised.
        window: Window,
        /// When we call again; without it the person chooses.
        next: Option<Window>,
    },
    /// We did not call as promised.
    PromiseBroken {
        /// When it was promised.
        window: Window,
        /// When we call instead; without it the person chooses.
        next: Option<Window>,
    },
    /// Something was decided.
    DecisionMade {
        /// The decision in one plain sentence, in the person's language, without case facts: it is sent
        /// by e-mail. The reasons are on the inquiry page.
        sentence: String,
    },
    /// The person asked for a review.
    ReviewAsked {
        /// The day by whose end it is decided.
        by: Date,
    },
    /// It was decided on.
    ReviewDecided {
        /// Did it stay as it was?
        upheld: bool,
        /// The decision in one plain sentence, as in [`News::DecisionMade`].
        sentence: String,
    },
    /// An appointment is booked.
    AppointmentBooked {
        /// Which.
        appointment: Appointment,
    },
    /// An appointment has moved.
    AppointmentMoved {
        /// When it was.
        before: Moment,
        /// As it is now.
        appointment: Appointment,
    },
    /// An appointment is cancelled.
    AppointmentCancelled {
        /// As it was, with a raised sequence.
        appointment: Appointment,
        /// By whom.
        by: Whom,
    },
    /// An appointment is near.
    AppointmentReminder {
        /// Which.
        appointment: Appointment,
    },
    /// Will the person come?
    AppointmentConfirm {
        /// Which.
        appointment: Appointment,
        /// Until when they must say so, or the time is given back; none where it stays theirs.
        lost_after: Option<Moment>,
    },
    /// Nobody said that they come, so the time was given back.
    AppointmentReleased {
        /// As it was, with a raised sequence.
        appointment: Appointment,
    },
    /// An earlier time is kept for the person.
    EarlierOffered {
        /// When.
        start: Moment,
        /// Until when they may take it.
        until: Moment,
        /// Where, by the office's name.
        office: String,
        /// The time that they have, which they keep unless they take it; none where they have none.
        instead_of: Option<Moment>,
    },
    /// The person was not checked in.
    AppointmentMissed {
        /// When it was.
        at: Moment,
    },
    /// The office closed the day of the visit.
    DayClosed {
        /// As it was, with a raised sequence.
        was: Appointment,
        /// Why, in the person's language. It is about the office, never about the person.
        why: String,
        /// What was done instead.
        instead: Instead,
    },
    /// The office opened that day after all.
    DayReopened {
        /// The appointment, back where it was.
        appointment: Appointment,
    },
    /// The inquiry is closed.
    InquiryClosed {
        /// The last day on which the person can open it again.
        reopen_until: Option<Date>,
    },
    /// A fresh link was asked for.
    LinkResent {
        /// Until when it works.
        until: Option<Moment>,
    },
    /// How the person is reached was changed. It goes to where they were reached before, and opens nothing.
    ContactChanged,
    /// What opens their inquiry was corrected by staff. Neither what it was is said, nor what it is.
    ProofChanged {
        /// When.
        at: Moment,
    },
    /// Somebody may act for the person.
    DelegateNamed {
        /// Their last day.
        last_day: Date,
    },
    /// To whoever may act for the person: their own link. It names neither the person nor the matter, since an address may be mistyped.
    DelegateLink {
        /// Their number in the inquiry.
        nth: u8,
        /// Which of the links that they were sent; none for one of before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        which: Option<u16>,
        /// Their last day.
        last_day: Date,
    },
    /// What the person wrote by text is answered.
    TextAnswer {
        /// With what.
        says: TextSays,
    },
    /// There is something to be read, and nothing else is said: whoever reads it must learn neither from whom it is nor about what.
    Neutral {
        /// Which notice it stands for.
        of: NoticeKind,
    },
}

/// What a person has instead of a visit on a closed day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "instead", rename_all = "kebab-case")]
pub enum Instead {
    /// Another time, which is theirs unless they choose something else.
    Place {
        /// The appointment as it is now.
        appointment: Appointment,
        /// Until when they may choose.
        until: Moment,
    },
    /// A call, because no place is free.
    Call {
        /// When.
        window: Window,
        /// Whether the person chose a phrase.
        phrase: bool,
    },
    /// An officer looks for a time.
    Officer,
}

/// What a text is answered with, where no other notice says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "kebab-case")]
pub enum TextSays {
    /// What one can say.
    Help,
    /// No more texts.
    Stopped,
    /// Texts again.
    Started,
    /// They will come.
    Confirmed {
        /// When.
        start: Moment,
    },
    /// Here another time can be chosen.
    Choose,
    /// There is nothing that it could change.
    Nothing,
    /// Not by text, or no longer.
    NotByText,
}

impl News {
    /// Which notice this is.
    pub const fn kind(&self) -> NoticeKind {
        match self {
            Self::RequestReceived { .. } => NoticeKind::RequestReceived,
            Self::PapersNeeded { .. } => NoticeKind::PapersNeeded,
            Self::CallbackPromised { .. } => NoticeKind::CallbackPromised,
            Self::CallbackMoved { .. } => NoticeKind::CallbackMoved,
            Self::CallbackCancelled { .. } => NoticeKind::CallbackCancelled,
            Self::CallbackReminder { .. } => NoticeKind::CallbackReminder,
            Self::CallbackMissed { .. } => NoticeKind::CallbackMissed,
            Self::PromiseBroken { .. } => NoticeKind::PromiseBroken,
            Self::DecisionMade { .. } => NoticeKind::DecisionMade,
            Self::ReviewAsked { .. } => NoticeKind::ReviewAsked,
            Self::ReviewDecided { .. } => NoticeKind::ReviewDecided,
            Self::AppointmentBooked { .. } => NoticeKind::AppointmentBooked,
            Self::AppointmentMoved { .. } => NoticeKind::AppointmentMoved,
            Self::AppointmentCancelled { .. } => NoticeKind::AppointmentCancelled,
            Self::AppointmentReminder { .. } => NoticeKind::AppointmentReminder,
            Self::AppointmentConfirm { .. } => NoticeKind::AppointmentConfirm,
            Self::AppointmentReleased { .. } => NoticeKind::AppointmentReleased,
            Self::EarlierOffered { .. } => NoticeKind::EarlierOffered,
            Self::AppointmentMissed { .. } => NoticeKind::AppointmentMissed,
            Self::DayClosed { .. } => NoticeKind::DayClosed,
            Self::DayReopened { .. } => NoticeKind::DayReopened,
            Self::InquiryClosed { .. } => NoticeKind::InquiryClosed,
            Self::LinkResent { .. } => NoticeKind::LinkResent,
            Self::ContactChanged => NoticeKind::ContactChanged,
            Self::ProofChanged { .. } => NoticeKind::ProofChanged,
            Self::DelegateNamed { .. } => NoticeKind::DelegateNamed,
            Self::DelegateLink { .. } => NoticeKind::DelegateLink,
            Self::TextAnswer { .. } => NoticeKind::TextAnswer,
            Self::Neutral { of } => *of,
        }
    }
}
