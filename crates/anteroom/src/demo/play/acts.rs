//! The acts of a story, each by whoever does it in life.

use super::{Next, Stagehand};
use crate::demo::script::{PlaceWish, Window};
use desk::{
    DeskError, WindowOffer,
    acts::{BookPlace, DecideNeed, RequestMeeting},
};
use domain::{
    access::Action,
    actor::{Actor, Role, Staff},
    calendar::Zone,
    callback::CallOutcome,
    codes::ItemCode,
    decision::{DecisionKind, Need},
    inquiry::{Inquiry, Request, Stage},
    person::Reach,
    pii::Pii,
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp};

type After = Vec<(Timestamp, Next)>;

impl Stagehand<'_> {
    /// Does one act, and says what follows from it.
    pub(super) async fn act(&mut self, n: usize, next: Next, at: Timestamp) -> Result<After, DeskError> {
        let inquiry = match next {
            Next::Ask => return self.ask(n, at).await,
            Next::HangUp => return self.hang_up(n, at).await,
            Next::Dial => return self.dial(n, at).await,
            Next::LookAgain => self.inquiry(n).await?,
            Next::Promise => self.promise(n, at).await?,
            Next::AskPapers => self.ask_papers(n, at).await?,
            Next::PapersThere => {
                let id = self.inquiry(n).await?.id;
                let caller = self.person(id, at);
                self.desk.papers_complete(&caller, id).await?
            }
            Next::MoveCall => self.move_call(n, at).await?,
            Next::Withdraw => {
                let id = self.inquiry(n).await?.id;
                let caller = self.person(id, at);
                self.desk.withdraw(&caller, id).await?
            }
            Next::Decide => self.decide(n, at).await?,
            Next::Book => self.book(n, at).await?,
            Next::MoveVisit => self.move_visit(n, at).await?,
            Next::CancelVisit => {
                let id = self.inquiry(n).await?.id;
                let caller = self.person(id, at);
                self.desk.cancel_appointment(&caller, id).await?
            }
            Next::Arrive | Next::CallTicket | Next::Serve => {
                let inquiry = self.inquiry(n).await?;
                let Some(start) = inquiry.appointment().map(|a| a.start) else { return Ok(Vec::new()) };
                if next == Next::Arrive && start - SignedDuration::from_mins(15) > at {
                    // It has moved meanwhile.
                    return Ok(vec![(start - SignedDuration::from_mins(8), Next::Arrive)]);
                }
                let clerk = self.clerk(&inquiry)?;
                let caller = self.by(&clerk, at);
                match next {
                    Next::Arrive => self.desk.check_in(&caller, inquiry.id).await?,
                    Next::CallTicket => {
                        let counter = (1 + self.chance.below(4)).to_string();
                        self.desk.call_ticket(&caller, inquiry.id, &counter).await?
                    }
                    _ => self.desk.serve(&caller, inquiry.id).await?,
                }
            }
        };
        Ok(self.after(n, &inquiry, at))
    }

    async fn ask(&mut self, n: usize, at: Timestamp) -> Result<After, DeskError> {
        let caller = desk::Caller::new(desk::Who::Anyone, self.key(), at);
        let script = &self.parts[n].script;
        let who = &script.who;
        let zip = script.zip.parse().map_err(|_| Refusal::NoOfficeForZip)?;
        let ask = RequestMeeting {
            reason: script.matter.reason.clone(),
            zip,
            name: who.name.clone(),
            born: who.born.clone(),
            file_number: who.a_number.clone(),
            receipt: who.receipt.clone(),
            request: Request {
                channel: script.channel,
                words: script.matter.words.into(),
                answers: Pii::new(script.matter.answers.clone()),
                papers: script.matter.papers.clone(),
                preferred: Vec::new(),
                call_hours: None,
                representative: None,
            },
            reach: Reach {
                lang: who.lang.clone(),
                phone: who.phone.clone(),
                email: who.email.clone(),
                texts: false,
                calls: false,
                post: None,
                zone: self.zone(),
                say_who_calls: true,
                no_message: false,
                discreet: std::collections::BTreeSet::new(),
                relay: false,
                interpreter: who.interpreter.clone(),
                accommodation: None,
                phrase: who.phrase.clone(),
            },
            zone_chosen: false,
            draft_token: None,
        };
        let received = self.desk.request_meeting(&caller, &ask).await?;
        self.parts[n].id = Some(received.inquiry.id);
        Ok(self.after(n, &received.inquiry, at))
    }

    /// The line's zone; the desk puts the serving office's in its place.
    fn zone(&self) -> Zone {
        self.desk.pack().line().calendar.zone.clone()
    }

    async fn promise(&mut self, n: usize, at: Timestamp) -> Result<Inquiry, DeskError> {
        let inquiry = self.inquiry(n).await?;
        let offers = self.desk.windows(&inquiry, at, 90).await?;
        let start = self.window(n, &offers).ok_or(Refusal::WindowFull)?;
        if self.parts[n].script.own_choice {
            let caller = self.person(inquiry.id, at);
            return self.desk.promise_callback(&caller, inquiry.id, start, None).await;
        }
        let officer = self.officer(&inquiry.reach.lang)?;
        let caller = self.by(&officer, at);
        match self.desk.promise_callback(&caller, inquiry.id, start, Some(officer.id)).await {
            Err(DeskError::Refused(Refusal::WindowFull)) => {
                let caller = self.by(&officer, at);
                self.desk.promise_callback(&caller, inquiry.id, start, None).await
            }
            done => done,
        }
    }

    fn window(&self, n: usize, offers: &[WindowOffer]) -> Option<Timestamp> {
        let offer = match self.parts[n].script.window {
            Window::Nth(nth) => offers.get(nth).or_else(|| offers.last()),
            Window::At(at) => offers.iter().find(|offer| offer.window.end > at).or_else(|| offers.last()),
        };
        offer.map(|offer| offer.window.start)
    }

    async fn ask_papers(&mut self, n: usize, at: Timestamp) -> Result<Inquiry, DeskError> {
        let inquiry = self.inquiry(n).await?;
        let officer = self.officer(&inquiry.reach.lang)?;
        let caller = self.by(&officer, at);
        let missing = self.missing(&inquiry);
        self.desk.ask_papers(&caller, inquiry.id, missing).await
    }

    /// The demanded papers that the person does not say they have, at least one.
    fn missing(&self, inquiry: &Inquiry) -> Vec<ItemCode> {
        let Some(reason) = self.desk.pack().reason(&inquiry.reason) else { return Vec::new() };
        let have = &inquiry.request.papers;
        let mut missing: Vec<ItemCode> = reason
            .missing(have)
            .filter_map(|line| line.items().first())
            .map(|item| item.code.clone())
            .collect();
        if missing.is_empty() {
            missing
                .extend(reason.items().find(|item| !have.contains(&item.code)).map(|item| item.code.clone()));
        }
        missing
    }

    async fn move_call(&mut self, n: usize, at: Timestamp) -> Result<Inquiry, DeskError> {
        let inquiry = self.inquiry(n).await?;
        let offers = self.desk.windows(&inquiry, at, 40).await?;
        let start = offers.get(3).or_else(|| offers.last()).ok_or(Refusal::WindowFull)?.window.start;
        let caller = self.person(inquiry.id, at);
        self.desk.move_callback(&caller, inquiry.id, start).await
    }

    async fn dial(&mut self, n: usize, at: Timestamp) -> Result<After, DeskError> {
        let inquiry = self.inquiry(n).await?;
        let Stage::Promised(callback) = &inquiry.stage else { return Ok(Vec::new()) };
        if callback.next_attempt > at {
            return Ok(vec![(callback.next_attempt, Next::Dial)]);
        }
        let owner = callback.owner.and_then(|id| self.staff.iter().find(|staff| staff.id == id)).cloned();
        let officer = match owner {
            Some(officer) => officer,
            None => self.officer(&inquiry.reach.lang)?,
        };
        let caller = self.by(&officer, at);
        self.desk.open_inquiry(&caller, inquiry.id).await?;
        let caller = self.by(&officer, at);
        self.desk.start_call(&caller, inquiry.id).await?;
        if self.parts[n].script.end == crate::demo::script::End::Calling {
            return Ok(Vec::new());
        }
        let tried = self.parts[n].tried;
        let answered = self.parts[n].script.calls.get(tried).is_none();
        let length = if answered { self.minutes(6, 16) } else { SignedDuration::from_secs(50) };
        Ok(vec![(at + length, Next::HangUp)])
    }

    async fn hang_up(&mut self, n: usize, at: Timestamp) -> Result<After, DeskError> {
        let inquiry = self.inquiry(n).await?;
        let Stage::Calling { officer, .. } = &inquiry.stage else { return Ok(Vec::new()) };
        let officer =
            self.staff.iter().find(|staff| staff.id == *officer).cloned().ok_or(DeskError::NotFound)?;
        let part = &mut self.parts[n];
        let outcome = part.script.calls.get(part.tried).copied().unwrap_or(CallOutcome::Reached);
        part.tried += 1;
        let caller = self.by(&officer, at);
        let inquiry = self.desk.end_call(&caller, inquiry.id, outcome).await?;
        Ok(self.after(n, &inquiry, at))
    }

    async fn decide(&mut self, n: usize, at: Timestamp) -> Result<Inquiry, DeskError> {
        let inquiry = self.inquiry(n).await?;
        let officer = self.spoke(&inquiry)?;
        let advice = self.desk.advise(&inquiry, DecisionKind::Need, at).await?;
        let advised = advice.outcome("need").and_then(Need::from_code).unwrap_or(Need::Phone);
        // What was once papers is a visit when the papers are there.
        let (need, because) = match self.parts[n].script.need {
            Some((need, because)) if need != advised => (need, Some(because.to_owned())),
            _ => (advised, None),
        };
        let missing = if need == Need::Papers { self.missing(&inquiry) } else { Vec::new() };
        let caller = self.by(&officer, at);
        let ask = DecideNeed { need, missing, because, sentence: None };
        self.desk.decide_need(&caller, inquiry.id, &ask).await
    }

    /// The officer who spoke with the person, else any.
    fn spoke(&mut self, inquiry: &Inquiry) -> Result<Staff, DeskError> {
        let by = match &inquiry.stage {
            Stage::Spoken { officer, .. } => Some(*officer),
            _ => inquiry.decisions.iter().rev().find_map(|d| match &d.by {
                Actor::Staff { id, .. } => Some(*id),
                _ => None,
            }),
        };
        let known = self.staff.iter().find(|staff| Some(staff.id) == by && staff.is(Role::Officer)).cloned();
        match known {
            Some(officer) => Ok(officer),
            None => self.officer(&inquiry.reach.lang),
        }
    }

    async fn book(&mut self, n: usize, at: Timestamp) -> Result<Inquiry, DeskError> {
        let mut inquiry = self.inquiry(n).await?;
        let officer = self.spoke(&inquiry)?;
        if let Some((office, because)) = self.parts[n].script.office.take() {
            let caller = self.by(&officer, at);
            inquiry = self.desk.change_office(&caller, inquiry.id, &office, because).await?;
        }
        let again = !inquiry.past_appointments.is_empty();
        let wish = if again { PlaceWish::Best } else { self.parts[n].script.place };
        let places = self.desk.places(&inquiry, None, at).await?;
        let best = places.best.first().map(|choice| &choice.opening);
        let place = match wish {
            PlaceWish::Best => best,
            PlaceWish::Near(near) => {
                places.all.iter().min_by_key(|place| place.start.duration_since(near).abs()).or(best)
            }
        };
        let place = place.ok_or(Refusal::SlotFull)?;
        let ask = BookPlace {
            office: place.office.clone(),
            start: place.start,
            pool: place.pool,
            held: None,
            bring_also: self.parts[n].script.bring_also.iter().map(|text| (*text).to_owned()).collect(),
            because: None,
        };
        let caller = self.by(&officer, at);
        self.desk.book(&caller, inquiry.id, &ask).await
    }

    async fn move_visit(&mut self, n: usize, at: Timestamp) -> Result<Inquiry, DeskError> {
        let inquiry = self.inquiry(n).await?;
        let start = inquiry.appointment().map(|a| a.start).ok_or(DeskError::NotFound)?;
        let places = self.desk.places(&inquiry, None, at).await?;
        let later = start + SignedDuration::from_hours(22);
        let place = places.all.iter().find(|place| place.start > later).ok_or(Refusal::SlotFull)?;
        let caller = self.person(inquiry.id, at);
        self.desk.move_appointment(&caller, inquiry.id, &place.office, place.start, place.pool).await
    }

    /// A clerk of the office where the inquiry is booked.
    fn clerk(&mut self, inquiry: &Inquiry) -> Result<Staff, DeskError> {
        let office = inquiry.appointment().map(|a| &a.office);
        let able: Vec<&Staff> =
            self.staff.iter().filter(|s| domain::access::can(s, Action::RunDay, office).is_ok()).collect();
        self.chance.pick(&able).copied().cloned().ok_or(DeskError::NotFound)
    }
}
