//! An inquiry's way: whatever is tried, in whatever order.

use super::*;

/// One thing that may happen to an inquiry, whether or not it is allowed there.
#[derive(Debug, Clone, Copy)]
enum Try {
    Urgency(bool),
    Papers,
    PapersBack,
    Promise { hours: i64, owned: bool },
    MoveCallback { hours: i64 },
    CancelCallback,
    StartCall(u8),
    TakeCall(u8),
    EndCall(u8, CallOutcome, u8),
    LeaveCall(u8),
    RetryLate,
    TakeOver(u8),
    Elsewhere { hours: i64 },
    Break,
    Need(Need),
    Book { days: i64 },
    ScheduleOwn { days: i64 },
    TakeAgain { days: i64 },
    MoveVisit { days: i64, by_person: bool },
    CancelVisit { by_person: bool },
    CheckIn,
    CallTicket(u8),
    Serve,
    NoShow,
    WalkIn(bool),
    Floor(u8, u8),
    Withdraw,
    Conflict(u8),
    Protect(u8),
}

fn tries() -> impl Strategy<Value = Try> {
    let outcome = prop::sample::select(CallOutcome::ALL.to_vec());
    let need = prop::sample::select(vec![
        Need::Visit,
        Need::Visit,
        Need::Visit,
        Need::Papers,
        Need::Phone,
        Need::Mail,
    ]);
    prop_oneof![
        any::<bool>().prop_map(Try::Urgency),
        Just(Try::Papers),
        Just(Try::PapersBack),
        (0_i64..5, any::<bool>()).prop_map(|(hours, owned)| Try::Promise { hours, owned }),
        (0_i64..5).prop_map(|hours| Try::MoveCallback { hours }),
        Just(Try::CancelCallback),
        (1_u8..3).prop_map(Try::StartCall),
        (1_u8..3).prop_map(Try::TakeCall),
        (1_u8..3, outcome, 0_u8..4).prop_map(|(n, o, next)| Try::EndCall(n, o, next)),
        (1_u8..3).prop_map(Try::LeaveCall),
        Just(Try::RetryLate),
        (0_u8..3).prop_map(Try::TakeOver),
        (0_i64..5).prop_map(|hours| Try::Elsewhere { hours }),
        Just(Try::Break),
        need.prop_map(Try::Need),
        (0_i64..4).prop_map(|days| Try::Book { days }),
        (0_i64..4).prop_map(|days| Try::ScheduleOwn { days }),
        (0_i64..4).prop_map(|days| Try::TakeAgain { days }),
        (0_i64..4, any::<bool>()).prop_map(|(days, by_person)| Try::MoveVisit { days, by_person }),
        any::<bool>().prop_map(|by_person| Try::CancelVisit { by_person }),
        Just(Try::CheckIn),
        (1_u8..3).prop_map(Try::Conflict),
        (1_u8..3).prop_map(Try::Protect),
        (1_u8..3).prop_map(Try::CallTicket),
        Just(Try::Serve),
        Just(Try::NoShow),
        any::<bool>().prop_map(Try::WalkIn),
        (0_u8..5, 1_u8..3).prop_map(|(what, counter)| Try::Floor(what, counter)),
        Just(Try::Withdraw),
    ]
}

fn attempt(i: &Inquiry, what: Try, now: Timestamp, n: u8) -> Result<Step, Refusal> {
    let who = |by_person| if by_person { Actor::Person } else { officer() };
    // On whole hours, so that two promises sometimes share a window.
    let hour = |hours: i64| Timestamp::from_second((now.as_second() / 3600 + hours) * 3600).unwrap();
    let (chance, later) = ([n; 10], now + minutes(600));
    match what {
        Try::Urgency(urgent) => {
            let (urgency, name) =
                if urgent { (Urgency::Urgent, "urgent") } else { (Urgency::Regular, "regular") };
            i.decide_urgency(urgency, deciding("urgency", name, None), officer(), later, now, &chance)
        }
        Try::Papers => i.ask_papers(vec!["passport".parse().unwrap()], now),
        Try::PapersBack => i.papers_complete(now),
        Try::Promise { hours, owned } => i.promise(
            CallbackId::new(now, &chance),
            promise(hour(hours), owned.then(|| staff(1))),
            officer(),
            now,
        ),
        Try::MoveCallback { hours } => i.move_callback(promise(hour(hours), None), 2, now),
        Try::CancelCallback => i.cancel_callback(later, now),
        Try::StartCall(by) => i.start_call(staff(by), now),
        Try::TakeCall(by) => i.take_call(staff(by), now),
        Try::EndCall(by, outcome, next) => {
            let next = match next {
                0 => NextTry::None { look_again: later, then: Then::Letter },
                // The agency never promises a window that the callback has already.
                1 if i.callback().is_none_or(|c| c.window.start != hour(24)) => {
                    NextTry::Window(promise(hour(24), None))
                }
                n => again(now + minutes(5), (n == 2).then(|| staff(by))),
            };
            i.end_call(staff(by), outcome, next, later, now)
        }
        Try::LeaveCall(of) => {
            i.leave_call(staff(of), ("They left.", None), officer(), now + minutes(30), now)
        }
        Try::RetryLate => i.retry_late(i.callback().map_or(CallbackId::new(now, &chance), |c| c.id), now),
        Try::TakeOver(to) => {
            let giving = match to {
                0 => Giving::Anybody,
                to => Giving::Officer { officer: staff(to), planned: hour(1), minutes: 20 },
            };
            let id = i.callback().map_or(CallbackId::new(now, &chance), |c| c.id);
            i.take_over_callback(id, giving, GivenWhy::OfficerAbsent, Actor::system("jobs"), now)
        }
        Try::Elsewhere { hours } => i.promise_elsewhere(promise(hour(hours), None), now),
        Try::Break => i.break_promise(i.callback().map_or(CallbackId::new(now, &chance), |c| c.id), now),
        Try::Need(need) => i.decide_need(
            need,
            vec!["passport".parse().unwrap()],
            deciding("need", need.as_str(), None),
            officer(),
            later,
            now,
            &chance,
        ),
        Try::Book { days } => i.book(
            AppointmentId::new(now, &chance),
            booking(hour(if days < 2 { days } else { 24 * days })),
            deciding("fit", "serve", None),
            officer(),
            now,
            &chance,
        ),
        Try::ScheduleOwn { days } => i.schedule_own(
            AppointmentId::new(now, &chance),
            own_booking(hour(if days < 2 { days } else { 24 * days })),
            Actor::Person,
            now,
        ),
        Try::TakeAgain { days } => i.take_again(
            AppointmentId::new(now, &chance),
            booking(hour(if days < 2 { days } else { 24 * days })),
            RULES,
            Actor::Person,
            now,
        ),
        Try::MoveVisit { days, by_person } => i.move_appointment(
            booking(hour(if days < 2 { days } else { 24 * days })),
            RULES,
            &who(by_person),
            now,
        ),
        Try::CancelVisit { by_person } => i.cancel_appointment(&who(by_person), later, now),
        Try::CheckIn => i.check_in(format!("A{n:03}"), VISIT, now),
        Try::CallTicket(counter) => i.call_ticket(&counter.to_string(), now),
        Try::Serve => i.serve(now),
        Try::NoShow => {
            i.no_show(i.appointment().map_or(AppointmentId::new(now, &chance), |a| a.id), VISIT, later, now)
        }
        Try::WalkIn(true) => {
            let id = AppointmentId::new(now, &chance);
            i.admit_walk_in(admission(id, format!("A{n:03}"), now), "an emergency", officer(), now)
        }
        Try::WalkIn(false) => i.refuse_walk_in(
            &admission(AppointmentId::new(now, &chance), String::new(), now).day,
            "full",
            officer(),
            now,
        ),
        Try::Floor(0, _) => i.park(now),
        Try::Floor(1, counter) => i.hand_to(&counter.to_string(), now),
        Try::Floor(2, _) => i.not_at_counter(now),
        Try::Floor(3, _) => i.back_in_line(),
        Try::Floor(..) => i.left(later, now),
        Try::Withdraw => i.withdraw(now),
        Try::Protect(of) => i.protect("vawa".parse().unwrap(), BTreeSet::new(), Some(staff(of)), now),
        Try::Conflict(of) => i.set_conflict(staff(of), crate::guard::ConflictWhy::Other, now),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Whatever is tried, in whatever order: nothing is lost, nothing is held twice, what is promised is backed
    /// and watched, and the first contact's clock never restarts.
    #[test]
    fn nothing_is_lost_on_any_way(walk in prop::collection::vec((tries(), 0_i64..180), 1..60)) {
        let first = fresh();
        let mut inquiry = first.inquiry;
        let opened = inquiry.opened;
        let mut held: BTreeSet<(Holder, SlotKey)> = BTreeSet::new();
        let mut watched: BTreeSet<String> = BTreeSet::new();
        let mut now = start();
        for (n, (what, wait)) in (0_u8..).zip(walk) {
            now += minutes(wait);
            let before = inquiry.clone();
            let Ok(step) = attempt(&inquiry, what, now, n) else { continue };
            prop_assert_eq!(step.inquiry.version, before.version + 1);
            prop_assert_eq!(step.inquiry.opened, opened);
            // Who may see it is also said of one that is closed.
            let guards = matches!(what, Try::Conflict(_) | Try::Protect(_));
            prop_assert!(before.is_live() || guards, "nothing else happens to a closed inquiry");
            prop_assert!(!step.happened.is_empty(), "whatever changes an inquiry is journalled: {:?}", what);
            prop_assert!(step.inquiry.decisions.starts_with(&before.decisions), "decisions are only added");
            prop_assert!(step.inquiry.past_appointments.starts_with(&before.past_appointments));
            for claim in &step.claims {
                prop_assert!(held.insert((claim.holder, claim.slot.clone())), "claimed twice: {:?}", what);
            }
            for Confirm { holder, slots, .. } in &step.confirms {
                prop_assert!(slots.iter().all(|s| held.contains(&(*holder, s.clone()))));
            }
            for release in &step.releases {
                prop_assert!(held.remove(&(release.holder, release.slot.clone())), "gave back what was not held: {:?}", what);
            }
            for key in &step.drop_jobs {
                watched.remove(&key.0);
            }
            for job in &step.jobs {
                watched.insert(job.key.0.clone());
            }
            inquiry = step.inquiry;
            if let Some(callback) = inquiry.callback() {
                prop_assert!(held.contains(&(callback.id.into(), window_slot(&callback.window))));
                let watch = format!("callback-watch:{}", callback.id);
                prop_assert!(watched.contains(&watch), "a promise without a watch after {:?}", what);
                if callback.again_by.is_some() {
                    let again = format!("callback-again:{}", callback.id);
                    prop_assert!(watched.contains(&again), "a next call without a watch after {:?}", what);
                }
                if let Some(earlier) = before.callback().filter(|c| c.id == callback.id) {
                    let taken = matches!(what, Try::TakeOver(_));
                    prop_assert!(!taken || earlier.window == callback.window, "the same promise");
                    prop_assert!(callback.attempts.starts_with(&earlier.attempts), "attempts are only added");
                }
            }
            if let Some(appointment) = inquiry.appointment() {
                for slot in &appointment.slots {
                    prop_assert!(held.contains(&(appointment.id.into(), slot.clone())), "unbacked after {:?}", what);
                }
            }
            let json = serde_json::to_string(&inquiry).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Inquiry>(&json).unwrap(), &inquiry, "kept whole by the store");
        }
    }
}
