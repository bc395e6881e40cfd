//! What an operator takes right now, of the queues and languages that they can serve.

use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice as Listed, Choices},
    staff::{frame::Seat, signs},
};
use domain::{
    codes::QueueCode,
    text::Lang,
    wait::{Only, Operator, Untaken},
};
use locale::args;
use maud::{Markup, html};

/// The field that says that the boxes were on the page.
const SHOWN: &str = "takes";
const QUEUE: &str = "take-queue";
const LANG: &str = "take-lang";

/// The queues that whoever sits here can serve.
fn queues(seat: &Seat) -> Vec<QueueCode> {
    let takes = &seat.me.staff.takes.queues;
    let mut all = seat.ctx.app.desk.queues();
    all.retain(|queue| takes.is_empty() || takes.contains(queue));
    all
}

fn lang(seat: &Seat, lang: &Lang) -> String {
    seat.t().say_of("staff-lang", lang.as_str())
}

/// Is there anything to choose among?
pub(super) fn can_choose(seat: &Seat) -> bool {
    queues(seat).len() > 1 || seat.me.staff.langs.len() > 1
}

/// The boxes: what is taken now is ticked, or what was typed.
pub(super) fn boxes(seat: &Seat, operator: &Operator, typed: &Form<'_>) -> Markup {
    let t = seat.t();
    let wrong = typed.error(QUEUE).is_some() || typed.error(LANG).is_some();
    let mut fields = Fields::default();
    let (queues, langs) = (queues(seat), &seat.me.staff.langs);
    let only = &operator.only;
    let queue = |one: &&QueueCode| only.queues.is_empty() || only.queues.contains(one);
    let spoken = |one: &&Lang| only.langs.is_empty() || only.langs.contains(one);
    fields.0.insert(QUEUE.to_owned(), queues.iter().filter(queue).map(ToString::to_string).collect());
    fields.0.insert(LANG.to_owned(), langs.iter().filter(spoken).map(ToString::to_string).collect());
    let shown = if wrong { *typed } else { Form::new(&fields, typed.errors) };
    let named: Vec<Listed> =
        queues.iter().map(|one| Listed::new(one.to_string(), signs::queue(seat, one))).collect();
    let said: Vec<Listed> = langs.iter().map(|one| Listed::new(one.to_string(), lang(seat, one))).collect();
    let (of_queues, in_langs) = (t.say("phone-takes-queues"), t.say("phone-takes-langs"));
    html! {
        details open[wrong || !only.is_all()] {
            summary { (t.say("phone-takes")) }
            p { (t.say("phone-takes-about")) }
            input type="hidden" name=(SHOWN) value="yes";
            @if named.len() > 1 {
                (parts::checkboxes(&shown, &Choices { name: QUEUE, legend: &of_queues, ..Choices::default() }, &named))
            }
            @if said.len() > 1 {
                (parts::checkboxes(&shown, &Choices { name: LANG, legend: &in_langs, ..Choices::default() }, &said))
            }
            p {
                button #do-only.usa-button.usa-button--outline type="submit" name="do" value="only" { (t.say("phone-takes-only")) }
            }
        }
    }
}

/// What they take now where that is not everything, and what is left with nobody by it.
pub(super) fn now(seat: &Seat, operator: &Operator, left: &Untaken) -> Markup {
    let t = seat.t();
    if operator.only.is_all() {
        return html! {};
    }
    let names = left.queues.iter().map(|queue| signs::queue(seat, queue));
    let nobody: Vec<String> = names.chain(left.langs.iter().map(|one| lang(seat, one))).collect();
    html! {
        p { (t.say("phone-takes-now")) " " strong { (words(seat, &operator.only)) } }
        @if !nobody.is_empty() {
            p role="status" { strong.desk-late { span aria-hidden="true" { "⚠ " }
                (t.say_with("phone-takes-nobody", &args! { "what" => nobody.join(", ") })) } }
        }
    }
}

/// What is taken, in words.
pub(in crate::staff) fn words(seat: &Seat, only: &Only) -> String {
    let queues = only.queues.iter().map(|queue| signs::queue(seat, queue));
    let all: Vec<String> = queues.chain(only.langs.iter().map(|one| lang(seat, one))).collect();
    all.join(", ")
}

/// Were the boxes on the page that was sent?
pub(super) fn were_shown(fields: &Fields) -> bool {
    fields.get(SHOWN) == "yes"
}

/// What was ticked; nothing where something is missing, which is said.
pub(super) fn read(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Result<Option<Only>, WebError> {
    fn all<T: std::str::FromStr + Ord>(
        fields: &Fields,
        name: &str,
    ) -> Result<std::collections::BTreeSet<T>, WebError> {
        fields.all(name).iter().map(|text| text.parse().map_err(|_| WebError::BadForm)).collect()
    }
    let only = Only { queues: all(fields, QUEUE)?, langs: all(fields, LANG)? };
    let says = || seat.t().say("phone-fault-takes");
    if only.queues.is_empty() && queues(seat).len() > 1 {
        errors.add(QUEUE, says());
    }
    if only.langs.is_empty() && seat.me.staff.langs.len() > 1 {
        errors.add(LANG, says());
    }
    Ok(errors.is_empty().then_some(only))
}
