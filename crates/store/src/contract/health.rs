//! What must always hold is checked, what is over is forgotten, news wakes, and nothing is half done.

use super::{Engine, done, fixtures, found, refused};
use crate::{Broken, CommitError, Conflict, StoreError, chain::Verified, check, columns::watch};
use domain::{
    appointment::{AppointmentEnd, PastAppointment},
    change::{JobKind, NewJob, Release, Write},
    inquiry::{Inquiry, Stage, window_slot},
    journal::Seq,
    retention::Retention,
    session::{Program, Scope},
    slots::SlotKey,
};
use fixtures::{Maker, at, book, busy, claim, next, promise, read_entry, slot, write};
use jiff::SignedDuration;
use std::{sync::Arc, time::Duration};

/// Promised, booked, cancelled, announced, held: done rightly, nothing is reported.
pub async fn has_nothing_to_report_on_a_right_store<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    assert_eq!(found(&*store).await, []);
    let (called, visited) = (make.inquiry(0), make.inquiry(0));
    let (callback, appointment) = (make.callback(60, Some(make.officer())), make.appointment("SPR", 600));
    let mut change = make.writing([write(&called), write(&visited)]);
    change.journal.push(read_entry(Some(called.id)));
    done(&*store, change).await;

    let mut change = make.change();
    let promised = promise(&mut change, &called, &callback);
    let booked = book(&mut change, &visited, &appointment);
    change.busy.push(busy(callback.owner.unwrap(), callback.id.into(), 60, 90));
    change.claims.push(fixtures::hold(&slot("SPR", 700), make.holder(), 1, 10));
    let notice = make.notice(called.id, 1);
    change.jobs.push(NewJob::new(JobKind::SendNotice { notice: notice.id }, at(1)));
    change.writes.push(Write::Notice(Box::new(notice)));
    change.journal.extend([read_entry(Some(called.id)), read_entry(Some(visited.id))]);
    done(&*store, change).await;
    assert_eq!(found(&*store).await, []);
    // Whoever has the watch on lease watches.
    store.lease_jobs("a", at(5000), SignedDuration::from_mins(1), 99).await.unwrap();
    assert_eq!(found(&*store).await, []);

    let mut change = make.change_at(5010);
    let mut cancelled = next(&booked, Stage::ToBook { since: at(1), due: at(900) });
    cancelled.past_appointments.push(PastAppointment {
        appointment: appointment.clone(),
        end: AppointmentEnd::CancelledByPerson,
        at: at(1),
        counter: None,
    });
    change.writes.push(write(&cancelled));
    let holder = appointment.id.into();
    change.releases.extend(appointment.slots.iter().map(|s| Release::of(s.clone(), holder)));
    // A callback that was missed keeps its place: the time was spent.
    let mut missed = next(&promised, Stage::Unreached { since: at(1), due: at(900) });
    missed.past_callbacks.push(callback);
    change.writes.push(write(&missed));
    done(&*store, change).await;
    assert_eq!(found(&*store).await, []);
}

/// A slot as checks name it.
fn words(slot: &SlotKey) -> String {
    check::place(slot.office.as_str(), slot.service.as_str(), slot.start, slot.pool.as_str())
}

/// A promise nobody watches, a promise without its place, a cancelled booking that keeps one.
pub async fn reports_a_promise_without_a_watch_or_places<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let [one, two, three, four] = [(); 4].map(|()| make.inquiry(0));
    let firsts = [&one, &two, &three, &four].map(write);
    done(&*store, make.writing(firsts)).await;
    let mut change = make.change();
    let called = promise(&mut change, &one, &make.callback(0, None));
    let visited = book(&mut change, &two, &make.appointment("SPR", 600));
    change.jobs.clear();
    let (lost, appointment) = (make.callback(0, None), make.appointment("SPR", 600));
    promise(&mut change, &three, &lost);
    change.claims.retain(|claim| claim.holder != lost.id.into());
    let booked = book(&mut change, &four, &appointment);
    done(&*store, change).await;
    let told = found(&*store).await;
    let unwatched = |i: &Inquiry| Broken::Unwatched { inquiry: i.id, watch: watch(i).unwrap().0 };
    let mut due = vec![
        unwatched(&called),
        unwatched(&visited),
        Broken::Unbacked {
            inquiry: three.id,
            holder: lost.id.into(),
            lacks: vec![words(&window_slot(&lost.window))],
            keeps: vec![],
        },
    ];
    assert_eq!(told, due);

    let (holder, places) = (appointment.id.into(), appointment.slots.iter().map(words).collect());
    let mut cancelled = next(&booked, Stage::ToBook { since: at(1), due: at(900) });
    cancelled.past_appointments.push(PastAppointment {
        appointment,
        end: AppointmentEnd::CancelledByOffice,
        at: at(1),
        counter: None,
    });
    let stray = make.holder();
    let mut change = make.writing([write(&cancelled)]);
    change.claims.push(claim(&slot("SPR", 0), stray, 1));
    done(&*store, change).await;
    due.push(Broken::Unbacked { inquiry: four.id, holder, lacks: vec![], keeps: places });
    due.push(Broken::Stray { holder: stray, slot: words(&slot("SPR", 0)) });
    assert_eq!(found(&*store).await, due);
}

/// Each look proves the journal's last entries and the next part of all of them; behind the end it begins again.
pub async fn looks_at_the_journal_part_by_part<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let entries = check::PART + 7;
    let mut left = entries;
    while left > 0 {
        let mut change = make.change();
        change.journal.extend((0..left.min(3_000)).map(|_| read_entry(None)));
        left -= change.journal.len() as u64;
        done(&*store, change).await;
    }
    let whole = |look: &crate::Look| (look.journal.whole, look.broken.len());
    let one = store.look(at(0), Verified::default()).await.unwrap();
    assert_eq!(whole(&one), (check::PART, 0));
    let two = store.look(at(0), one.journal.clone()).await.unwrap();
    assert_eq!((whole(&two), two.journal), ((0, 0), Verified::default()));
    // What the proof goes on from is believed, so a wrong one is told, again and again, at its place.
    let mut wrong = Verified { hash: crate::chain::START.to_owned(), ..one.journal };
    for _ in 0..2 {
        let look = store.look(at(0), wrong).await.unwrap();
        assert_eq!(look.broken, [Broken::Chain { seq: check::PART + 1 }]);
        wrong = look.journal;
    }
}

/// What is over costs a look nothing and is not its matter: only the check of everything finds it.
pub async fn looks_only_ahead<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    done(&*store, make.claiming([claim(&slot("SPR", 0), make.holder(), 1)])).await;
    let ahead = async |minutes| store.look(at(minutes), Verified::default()).await.unwrap().broken.len();
    assert_eq!((ahead(0).await, ahead(1).await), (1, 0));
    assert_eq!(store.check().await.unwrap().len(), 1);
}

/// A notice still owed without a job that sends it; a job that was given up sends nothing.
pub async fn reports_a_notice_without_a_job<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let inquiry = make.inquiry(0).id;
    let (lost, owed, sent) = (make.notice(inquiry, 0), make.notice(inquiry, 0), make.notice(inquiry, 0));
    let mut change = make.writing([&lost, &owed, &sent].map(|n| Write::Notice(Box::new(n.clone()))));
    change.jobs.push(NewJob::new(JobKind::SendNotice { notice: owed.id }, at(0)));
    let mut sent = sent;
    sent.version = 2;
    sent.delivery = domain::notice::Delivery::Sent { at: at(0), receipt: String::new() };
    change.writes.push(Write::Notice(Box::new(sent)));
    done(&*store, change).await;
    assert_eq!(found(&*store).await, [Broken::Unsent { notice: lost.id, inquiry }]);
    let [job] =
        store.lease_jobs("a", at(0), SignedDuration::from_mins(1), 9).await.unwrap().try_into().unwrap();
    let mut change = make.change();
    change.finish = Some(domain::change::Finish {
        job: job.id,
        fence: job.fence,
        then: domain::change::AfterJob::Dead { why: "refused".to_owned() },
    });
    done(&*store, change).await;
    assert_eq!(found(&*store).await.len(), 2);
}

/// Old answers, sessions and drafts go; what they did stays.
pub async fn forgets_what_is_over<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let person = make.person();
    let mut old = make.change_at(0);
    old.writes.push(Write::Person(Box::new(person.clone())));
    let new = make.change_at(100);
    done(&*store, old.clone()).await;
    done(&*store, new.clone()).await;
    let now = 20_000;
    let mut program = make.session(0, now + 5);
    program.program =
        Some(Program { name: "nightly export".to_owned(), scopes: [Scope::Read].into(), by: None });
    let sessions =
        [make.session(now - 59, now + 5), make.session(now - 60, now + 5), make.session(now, now), program];
    let week = 7 * 24 * 60;
    let drafts = [make.draft(now - week + 1), make.draft(now - week)];
    let mut change = make.change_at(101);
    change.writes.extend(sessions.iter().map(|s| Write::Session(Box::new(s.clone()))));
    change.writes.extend(drafts.iter().map(|d| Write::Draft(Box::new(d.clone()))));
    done(&*store, change).await;

    assert_eq!(store.tidy(&Retention::default().forget(at(now), at(100))).await.unwrap(), 4);
    assert_eq!(store.tidy(&Retention::default().forget(at(now), at(100))).await.unwrap(), 0);
    for session in &sessions {
        let kept = store.session(&session.token_hash).await.unwrap().is_some();
        assert_eq!(kept, session.is_live(at(now)));
    }
    for draft in &drafts {
        let kept = store.draft(&draft.token_hash).await.unwrap().is_some();
        assert_eq!(kept, draft.is_live(at(now)));
    }
    assert!(store.person(person.id).await.unwrap().is_some());
    assert!(done(&*store, new).await.repeated);
    // The repeat of what was forgotten is taken for a new command, and the records refuse it.
    assert_eq!(refused(&*store, old).await, Conflict::Stale { record: "person" });
}

/// A store says how large it is, and is larger when there is more in it.
pub async fn tells_its_size<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let empty = store.size().await.unwrap();
    assert!(empty > 0);
    for _ in 0..4 {
        done(&*store, make.writing((0..250).map(|_| Write::Session(Box::new(make.session(0, 600)))))).await;
    }
    let full = store.size().await.unwrap();
    // A session is some hundred bytes; a whole page is the least that counts.
    assert!(full > empty + 100_000, "{empty} bytes before, {full} after");
}

/// Whoever waits is woken by what was written after they began to; the newest is what counts.
pub async fn wakes_whoever_waits<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let noting = |n: usize| {
        let mut change = make.change();
        change.journal.extend((0..n).map(|_| read_entry(None)));
        change
    };
    done(&*store, noting(2)).await;
    let (mut one, mut two) = (store.signal(), store.signal());
    assert_eq!(one.now(), Seq(2));
    let waiting = tokio::spawn(async move { one.changed().await });
    done(&*store, noting(3)).await;
    assert_eq!(waiting.await.unwrap(), Some(Seq(5)));
    done(&*store, noting(1)).await;
    let woken = tokio::time::timeout(Duration::from_secs(5), two.changed()).await;
    assert_eq!(woken, Ok(Some(Seq(6))), "signals are skipped, never lost");
    // Who is woken finds what they were woken for.
    let mut signal = store.signal();
    let reader = {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let seq = signal.changed().await.unwrap();
            (seq, store.journal_end().await.unwrap())
        })
    };
    done(&*store, noting(1)).await;
    let (told, found) = reader.await.unwrap();
    assert!(found >= told);
}

/// A change that does everything and meets a conflict at its very end leaves no trace of any part.
pub async fn undoes_every_part_on_a_conflict<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let inquiry = make.inquiry(0);
    let (held, kept, officer) = (make.holder(), make.holder(), make.officer());
    let (a, b) = (slot("SPR", 0), slot("SPR", 15));
    let (waiting, unwanted) = (make.job(50), make.job(60));
    let mut before = make.writing([write(&inquiry)]);
    before.claims = vec![fixtures::hold(&a, held, 5, 10), claim(&a, kept, 5)];
    before.busy.push(busy(officer, kept, 0, 30));
    before.jobs = vec![waiting.clone(), unwanted.clone()];
    done(&*store, before).await;

    let session = make.session(0, 600);
    let mut change = make.change_at(5);
    change.writes = vec![
        write(&next(&inquiry, Stage::Spoken { officer, at: at(1), due: at(2) })),
        write(&make.inquiry(1)),
        Write::Session(Box::new(session.clone())),
    ];
    change.free.push(kept);
    change.busy.push(busy(officer, held, 10, 40));
    change.confirms.push(fixtures::confirm(held, [&a]));
    change.claims.push(claim(&b, held, 5));
    change.releases.push(fixtures::release(&a, kept));
    change.drop_jobs.push(unwanted.key.clone());
    change.jobs = vec![NewJob { due: at(1), ..waiting.clone() }, make.job(2)];
    change.journal.push(read_entry(Some(inquiry.id)));
    let mut bad = change.clone();
    bad.finish =
        Some(domain::change::Finish { job: make.no_job(), fence: 1, then: domain::change::AfterJob::Done });
    assert!(matches!(refused(&*store, bad).await, Conflict::LeaseLost { .. }));

    assert_eq!(store.inquiry(inquiry.id).await.unwrap(), Some(inquiry.clone()));
    assert_eq!(store.live_inquiry(inquiry.person, &inquiry.reason).await.unwrap(), Some(inquiry.clone()));
    assert_eq!(store.session(&session.token_hash).await.unwrap(), None);
    assert_eq!(store.busy(None, at(0), at(99)).await.unwrap(), [busy(officer, kept, 0, 30)]);
    let taken = store.taken_anywhere(at(0), at(99)).await.unwrap();
    assert_eq!((taken.of(&a), taken.of(&b)), (2, 0));
    assert_eq!(store.expired_holds(at(10), 9).await.unwrap(), [held]);
    assert_eq!(store.next_job().await.unwrap(), Some(at(50)));
    assert_eq!(store.journal_end().await.unwrap(), Seq(0));
    // All parts were good: without the bad one every one of them is done.
    done(&*store, change).await;
    assert_eq!(store.busy(None, at(0), at(99)).await.unwrap(), [busy(officer, held, 10, 40)]);
    let taken = store.taken_anywhere(at(0), at(99)).await.unwrap();
    assert_eq!((taken.of(&a), taken.of(&b)), (1, 1));
    assert_eq!(store.next_job().await.unwrap(), Some(at(1)));
    assert_eq!(store.journal_end().await.unwrap(), Seq(1));
}

/// A store that was closed says so to whoever still asks, and its signals end.
pub async fn closes_for_good<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    done(&*store, make.writing([write(&make.inquiry(0))])).await;
    let mut signal = store.signal();
    store.close().await;
    store.close().await;
    assert_eq!(signal.changed().await, None);
    assert_eq!(store.signal().changed().await, None);
    assert!(matches!(store.journal_end().await, Err(StoreError::Closing)));
    assert!(matches!(store.verify_journal().await, Err(StoreError::Closing)));
    let met = store.commit(make.change()).await;
    assert!(matches!(met, Err(CommitError::Store(StoreError::Closing))), "{met:?}");
}
