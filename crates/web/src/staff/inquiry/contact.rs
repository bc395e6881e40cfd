//! A call in the story of an inquiry: what became of it, and what its record says beside that.

use super::view::View;
use domain::{
    call_record::{CallRecord, LookedUp, Way},
    codes::ListenCode,
    ids::CallRecordId,
    journal::Happened,
    listening::{ListenDid, Listened},
    wait::SentOut,
};
use locale::args;

/// What became of a call, in one sentence.
pub(super) fn sentence(view: &View<'_>, happened: &Happened) -> Option<String> {
    let Happened::Called { way, end, seconds, proved, .. } = happened else { return None };
    let t = view.seat.t();
    let minutes = i64::from(seconds.div_ceil(60)).max(1);
    let mut says = vec![
        t.say_of("staff-contact-way", way.as_str()),
        t.say_of("staff-contact-end", end.as_str()),
        t.say_with("staff-contact-minutes", &args! { "n" => minutes }),
    ];
    if !proved && *way != Way::Out {
        says.push(t.say("staff-contact-unproved"));
    }
    Some(says.join(" "))
}

/// What its record says beside that, while it is kept.
pub(super) fn more(view: &View<'_>, id: CallRecordId) -> String {
    let Some(call) = view.calls.iter().find(|call| call.id == id) else { return String::new() };
    let t = view.seat.t();
    let mut says = Vec::new();
    if let Some(wait) = &call.wait {
        let minutes = i64::from(wait.seconds.div_ceil(60));
        says.push(match wait.told {
            Some((least, most)) => t.say_with(
                "staff-contact-waited-told",
                &args! { "n" => minutes, "least" => i64::from(least), "most" => i64::from(most) },
            ),
            None => t.say_with("staff-contact-waited", &args! { "n" => minutes }),
        });
    }
    if let Some(name) = call.staff.and_then(|staff| view.officers.get(&staff)) {
        says.push(t.say_with("staff-contact-with", &args! { "name" => name.as_str() }));
    }
    says.extend(call.outside.iter().map(|sent| sent_out(view, sent)));
    says.extend(call.listened.iter().map(|one| listened(view, one)));
    says.extend(call.looked_up.iter().filter_map(|looked| looked_up(view, looked)));
    says.extend(call.outcome.map(|outcome| t.say_of("staff-outcome", outcome.as_str())));
    says.extend(call.faults.iter().map(|fault| t.say_of("staff-contact-fault", fault.as_str())));
    if let Some(trunk) = &call.trunk {
        says.push(t.say_with("staff-contact-trunk", &args! { "trunk" => trunk.as_str() }));
    }
    says.extend(states(view, call));
    says.join(" ")
}

/// Who was heard by whom, and why.
pub(super) fn of_listening(view: &View<'_>, did: &ListenDid) -> String {
    let t = view.seat.t();
    match did {
        ListenDid::Began { mode, why } => {
            format!("{} {}.", t.say_of("staff-listened", mode.as_str()), listen_word(view, why))
        }
        ListenDid::Changed { mode } => t.say_of("staff-listened", mode.as_str()),
        ListenDid::Ended { seconds, .. } => {
            t.say_with("staff-contact-minutes", &args! { "n" => i64::from(seconds.div_ceil(60)).max(1) })
        }
    }
}

fn listen_word(view: &View<'_>, why: &ListenCode) -> String {
    let words = &view.seat.ctx.app.desk.pack().line().wait.written().listen;
    let named = words.iter().find(|named| named.code == *why);
    named.map_or_else(|| why.to_string(), |named| named.name.in_lang(&view.seat.ctx.lang).to_owned())
}

/// That somebody listened, as the record of the call keeps it.
fn listened(view: &View<'_>, one: &Listened) -> String {
    let name = |id| view.officers.get(id).map_or("", String::as_str);
    let why = listen_word(view, &one.why);
    view.seat.t().say_with(
        "staff-contact-listened",
        &args! { "by" => name(&one.by), "to" => name(&one.to), "why" => why },
    )
}

/// Where the caller was passed on to outside, and whether anybody answered there.
fn sent_out(view: &View<'_>, sent: &SentOut) -> String {
    let t = view.seat.t();
    let known = view.seat.ctx.app.desk.pack().line().wait.outside_line(&sent.to);
    let to =
        known.map_or_else(|| sent.to.to_string(), |line| line.name.in_lang(&view.seat.ctx.lang).to_owned());
    let by = view.officers.get(&sent.by).map_or("", String::as_str);
    let sent_to = t.say_with("staff-contact-outside", &args! { "to" => to, "by" => by });
    let came = match (sent.answered, sent.outcome) {
        (Some(_), _) => t.say("staff-contact-outside-answered"),
        (None, Some(outcome)) => {
            format!("{} {}", t.say("staff-contact-outside-back"), t.say_of("staff-outcome", outcome.as_str()))
        }
        (None, None) => t.say("staff-contact-outside-back"),
    };
    format!("{sent_to} {came}")
}

fn looked_up(view: &View<'_>, looked: &LookedUp) -> Option<String> {
    let found = if looked.found { "found" } else { "none" };
    match looked.what.as_str() {
        what @ ("case" | "office" | "move-callback" | "cancel-callback") => {
            Some(view.seat.t().say_of("staff-contact-looked", &format!("{what}-{found}")))
        }
        _ => None,
    }
}

fn states(view: &View<'_>, call: &CallRecord) -> Option<String> {
    (!call.states.is_empty()).then(|| {
        view.seat.t().say_with("staff-contact-states", &args! { "states" => call.states.join(" › ") })
    })
}
