//! Operators' time: at one caller, and on duty.

use super::*;
use crate::{
    calendar::OpenSpan,
    ids::StaffId,
    wait::{Spell, Was},
};
use proptest::prelude::*;

fn operator(n: u8) -> StaffId {
    StaffId::new(at(0), &[n; 10])
}

fn id(n: u8) -> WaitId {
    WaitId::new(at(0), &[n; 10])
}

fn piece(by: u8, was: Was, of: Option<u8>, since: i64, until: i64) -> Piece {
    let spell = Spell { was, of: of.map(id), since: at(since), until: at(until) };
    Piece { operator: operator(by), spell, goes_on: false }
}

/// A caller who spoke, with what they held.
fn spoke(n: u8, how: How, held: Option<u32>) -> Waited {
    Waited { id: id(n), held, ..wait(Some(10), 400, how) }
}

/// One held for 30 of 100 seconds, and 20 were written up; one was passed from operator to operator; one was called back.
fn handled() -> Facts {
    let waits = vec![
        spoke(1, How::Answered, Some(30)),
        spoke(2, How::Answered, Some(0)),
        spoke(3, How::CalledBack, Some(5)),
    ];
    let pieces = vec![
        piece(1, Was::Ringing, Some(1), 0, 10),
        piece(1, Was::Talking, Some(1), 10, 110),
        piece(1, Was::WrapUp, Some(1), 110, 130),
        piece(1, Was::Ready, None, 130, 200),
        piece(1, Was::Talking, Some(2), 200, 240),
        piece(1, Was::WrapUp, Some(2), 240, 250),
        piece(1, Was::Ready, None, 250, 300),
        piece(2, Was::Talking, Some(2), 245, 305),
        // Wrapped up at once.
        piece(2, Was::Ready, None, 305, 310),
        piece(2, Was::Calling, Some(3), 310, 330),
        piece(2, Was::Talking, Some(3), 330, 395),
        piece(2, Was::WrapUp, Some(3), 395, 400),
    ];
    Facts { waits, pieces, from: at(0), until: at(400), ..Facts::default() }
}

#[test]
fn handling_time_is_talk_hold_and_wrap_up_live_and_called_back_apart() {
    let facts = handled();
    // The first: 70 + 30 + 20; the second 40 + 60 and 10.
    assert_eq!(value(&facts, Indicator::LiveHandle), (Some(115), 2, 1));
    assert_eq!(value(&facts, Indicator::LiveTalk), (Some(85), 2, 1));
    assert_eq!(value(&facts, Indicator::LiveHold), (Some(15), 2, 1));
    assert_eq!(value(&facts, Indicator::LiveWrapUp), (Some(15), 2, 1));
    assert_eq!(value(&facts, Indicator::LiveHandleHalf), (Some(110), 2, 1));
    assert_eq!(value(&facts, Indicator::LiveHandleMost), (Some(120), 2, 1));
    // Dialling is no talk.
    assert_eq!(value(&facts, Indicator::BackTalk), (Some(60), 1, 2));
    assert_eq!(value(&facts, Indicator::BackHold), (Some(5), 1, 2));
    assert_eq!(value(&facts, Indicator::BackWrapUp), (Some(5), 1, 2));
    assert_eq!(value(&facts, Indicator::BackHandle), (Some(70), 1, 2));
    assert_eq!(value(&facts, Indicator::BackHandleHalf), (Some(70), 1, 2));
    assert_eq!(value(&facts, Indicator::BackHandleMost), (Some(70), 1, 2));
}

#[test]
fn what_is_not_known_of_a_call_is_not_taken_for_nothing() {
    let n = |facts: &Facts| value(facts, Indicator::LiveHandle).1;
    let mut held = handled();
    held.waits[0].held = None;
    assert_eq!(n(&held), 1, "nobody said for how long they held");
    let mut wraps = handled();
    wraps.pieces[2].goes_on = true;
    assert_eq!(n(&wraps), 1, "it is still written up");
    let mut gap = handled();
    gap.pieces.remove(8);
    assert_eq!(n(&gap), 1, "what came after the talk is not seen");
    let mut gone = handled();
    gone.pieces.retain(|one| one.spell.of != Some(id(1)));
    assert_eq!(n(&gone), 1, "no operator's time with them is kept");
    // The same piece in two records is one.
    let mut twice = handled();
    twice.pieces.extend(twice.pieces.clone());
    assert_eq!(value(&twice, Indicator::LiveHandle), value(&handled(), Indicator::LiveHandle));
}

fn pause(code: Option<&str>) -> Was {
    Was::NotReady { reason: code.map(|code| code.parse().unwrap()) }
}

/// An hour in which one operator was with callers for 20 minutes, ready for 20, and not ready for 20.
fn an_hour() -> Facts {
    let pieces = vec![
        // It began before the hour: five minutes are in it.
        piece(1, Was::Ready, None, -3600, 300),
        piece(1, Was::Ringing, Some(1), 300, 310),
        piece(1, Was::Calling, Some(1), 310, 330),
        piece(1, Was::Talking, Some(1), 330, 1400),
        piece(1, Was::WrapUp, Some(1), 1400, 1500),
        piece(1, pause(Some("lunch")), None, 1500, 2400),
        piece(1, pause(None), None, 2400, 2700),
        // It ends after the hour: fifteen minutes are in it.
        piece(1, Was::Ready, None, 2700, 4000),
        // Somebody forgot to go off duty.
        piece(2, Was::Ready, None, -43_000, 300),
        // Another day.
        piece(3, Was::Ready, None, 9000, 9900),
    ];
    Facts { pieces, from: at(0), until: at(3600), ..Facts::default() }
}

#[test]
fn occupancy_utilisation_and_shrinkage_are_of_time_on_duty() {
    let facts = an_hour();
    assert_eq!(value(&facts, Indicator::Occupancy), (Some(500), 8, 1));
    assert_eq!(value(&facts, Indicator::Utilisation), (Some(333), 8, 1));
    assert_eq!(value(&facts, Indicator::Shrinkage), (Some(333), 8, 1));
    let by_why: Vec<(String, Option<i64>)> =
        count(&facts, By::Pause).into_iter().map(|one| (one.group.unwrap(), one.value)).collect();
    assert_eq!(by_why, [("lunch".to_owned(), Some(250)), (OTHERWISE.to_owned(), Some(83))]);
    // Nobody on duty: no share of nothing.
    assert_eq!(value(&Facts::default(), Indicator::Occupancy), (None, 0, 0));
}

#[test]
fn the_time_that_goes_on_is_counted_until_now() {
    use crate::wait::{Choice, Operator, WaitRules};
    let ready = Operator::new(operator(1)).choose(Choice::Ready, None, &WaitRules::default(), at(0));
    let ready = ready.unwrap().operator.unwrap();
    let mut facts = Facts { from: at(0), until: at(100), ..Facts::default() };
    facts.operator(&ready, at(100));
    assert!(matches!(&facts.pieces[..], [one] if one.goes_on && one.spell.was == Was::Ready));
    assert_eq!(value(&facts, Indicator::Occupancy), (Some(0), 1, 0));
    let off = ready.choose(Choice::Off, None, &WaitRules::default(), at(50)).unwrap().operator.unwrap();
    let mut facts = Facts { from: at(0), until: at(100), ..Facts::default() };
    facts.operator(&off, at(100));
    assert!(matches!(&facts.pieces[..], [one] if !one.goes_on && one.spell.until == at(50)));
}

#[test]
fn whoever_was_passed_on_to_an_officer_is_a_part_of_those_who_spoke() {
    let mut facts = a_day();
    facts.waits[2].escalated = true;
    assert_eq!(value(&facts, Indicator::Escalated), (Some(333), 3, 2));
    // Of one it was not written down.
    facts.waits[0].measured = false;
    assert_eq!(value(&facts, Indicator::Escalated), (Some(500), 2, 3));
}

/// An hour of which the first operator was planned for all, and the second for its first half.
fn planned_hour() -> Facts {
    let shift = |n, since, until, known| Shift {
        operator: operator(n),
        there: OpenSpan { start: at(since), end: at(until) },
        known,
    };
    Facts { shifts: vec![shift(1, 0, 3600, true), shift(2, 0, 1800, true)], ..an_hour() }
}

#[test]
fn adherence_is_the_part_of_planned_time_on_duty() {
    let pieces = vec![
        // Five minutes late, and gone for five; on duty also while not ready.
        piece(1, Was::Ready, None, 300, 1200),
        piece(1, pause(None), None, 1200, 1800),
        piece(1, Was::Talking, Some(1), 2100, 4000),
        // Nobody planned them to stay so long, and it makes nothing better.
        piece(2, Was::Ready, None, 0, 3600),
        piece(3, Was::Ready, None, 0, 3600),
    ];
    let facts = Facts { pieces, ..planned_hour() };
    // 900 + 600 + 1500 of 3600 seconds, and 1800 of 1800.
    assert_eq!(value(&facts, Indicator::Adherence), (Some(889), 2, 0));
    // As far as the period has gone.
    let half = Facts { until: at(1800), ..facts.clone() };
    assert_eq!(value(&half, Indicator::Adherence), (Some(917), 2, 0));
    // Whoever was planned and did not come kept nothing of it.
    let mut alone = facts.clone();
    alone.pieces.retain(|piece| piece.operator != operator(2));
    assert_eq!(value(&alone, Indicator::Adherence), (Some(556), 2, 0));
    // Who forgot to go off duty is left out, and so is of whom it cannot be said.
    let mut forgot = facts.clone();
    forgot.pieces[3].spell.since = at(-20 * 3600);
    assert_eq!(value(&forgot, Indicator::Adherence), (Some(833), 1, 1));
    let mut unknown = facts;
    unknown.shifts[1].known = false;
    assert_eq!(value(&unknown, Indicator::Adherence), (Some(833), 1, 1));
    unknown.shifts[0].known = false;
    let measure = |facts: &Facts| {
        count(facts, By::All).into_iter().find(|one| one.indicator == Indicator::Adherence).unwrap()
    };
    let all = measure(&unknown);
    assert_eq!((all.value, all.n, all.left_out, all.recorded), (None, 0, 2, false));
    // Nobody is planned: that is known, and there is no share of nothing.
    let none = measure(&Facts { shifts: Vec::new(), ..unknown });
    assert_eq!((none.value, none.left_out, none.recorded), (None, 0, true));
}

proptest! {
    /// The parts of the handling time come to the whole, and the pauses to the time in which nobody was ready.
    #[test]
    fn parts_come_to_the_whole(
        calls in prop::collection::vec((1_i64..900, 0_u32..1000, 0_i64..120, 1_i64..300, 0_u8..3), 1..12),
    ) {
        let mut facts = Facts { from: at(0), ..Facts::default() };
        let mut now = 0;
        for (n, (talk, held, wrap, idle, why)) in calls.into_iter().enumerate() {
            let n = u8::try_from(n).unwrap();
            facts.waits.push(spoke(n, How::Answered, Some(held)));
            facts.pieces.push(piece(1, Was::Talking, Some(n), now, now + talk));
            now += talk;
            if wrap > 0 {
                facts.pieces.push(piece(1, Was::WrapUp, Some(n), now, now + wrap));
                now += wrap;
            }
            let was = match why {
                0 => Was::Ready,
                1 => pause(Some("lunch")),
                _ => pause(None),
            };
            facts.pieces.push(piece(1, was, None, now, now + idle));
            now += idle;
        }
        facts.until = at(now);
        let seconds = |indicator| value(&facts, indicator).0.unwrap();
        let parts = seconds(Indicator::LiveTalk) + seconds(Indicator::LiveHold) + seconds(Indicator::LiveWrapUp);
        // Each mean is rounded down.
        prop_assert!((0..=2).contains(&(seconds(Indicator::LiveHandle) - parts)));
        let all = u64::try_from(facts.waits.len()).unwrap();
        prop_assert_eq!(value(&facts, Indicator::LiveHandle).1, all);
        let part = |indicator| value(&facts, indicator).0.unwrap();
        let (occupied, used, away) =
            (part(Indicator::Occupancy), part(Indicator::Utilisation), part(Indicator::Shrinkage));
        for share in [occupied, used, away] {
            prop_assert!((0..=1000).contains(&share));
        }
        prop_assert!(used <= occupied && used + away <= 1001);
        let whys: i64 = count(&facts, By::Pause).iter().filter_map(|one| one.value).sum();
        prop_assert!((whys - away).abs() <= 1, "{whys} {away}");
    }
}
