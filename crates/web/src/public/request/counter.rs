//! The questions of the request as a clerk asks them of somebody who stands at the counter: those without which nobody can be helped.

use super::{
    pages,
    read::{self, judge},
    step::{self, Step},
};
use crate::{
    core::{Ctx, Errors, Fields, Form},
    parts::{Choice, Choices, Input, input, select},
    public::zip,
};
use desk::acts::RequestMeeting;
use domain::inquiry::Channel;
use maud::{Markup, html};

/// The pages of the request whose questions a clerk asks, beside those of the reason.
const ASKED: [Step; 4] = [Step::You, Step::Zip, Step::Reach, Step::Help];

/// What stands in the form before anything is typed.
pub(crate) fn begin(ctx: &Ctx, fields: &mut Fields) {
    fields.set("lang", ctx.lang.as_str());
}

/// What they need: the first question, since others follow from it.
pub(crate) fn reasons(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    let mut reasons = vec![Choice::new("", t.say("staff-choose"))];
    let all = ctx.app.desk.pack().reasons().iter();
    reasons.extend(all.map(|reason| Choice::new(reason.code.as_str(), reason.name.in_lang(&ctx.lang))));
    select(
        form,
        &Choices { name: "reason", legend: &t.say("public-reason-title"), ..Choices::default() },
        &reasons,
    )
}

/// The reason that was chosen.
pub(crate) fn chosen<'a>(ctx: &'a Ctx, fields: &Fields) -> Option<&'a pack::Reason> {
    step::reason(ctx, fields)
}

/// The questions, of a reason and of everybody.
pub(crate) fn fields(ctx: &Ctx, form: &Form<'_>, reason: &pack::Reason) -> Markup {
    let t = ctx.t();
    html! {
        input type="hidden" name="reason" value=(reason.code);
        @for question in &reason.questions {
            @let (heading, asked) = pages::question(ctx, form, &question.code);
            h3 { (heading) }
            (asked)
        }
        (pages::you(ctx, form))
        (zip::field(ctx, form))
        (pages::reach(ctx, form))
        (input(form, &Input { name: "interpreter", label: &t.say("public-help-interpreter"), longest: 80, size: "medium", ..Input::default() }))
    }
}

/// What was answered, or what is wrong with it.
pub(crate) fn read(ctx: &Ctx, fields: &Fields, errors: &mut Errors) -> Option<RequestMeeting> {
    let Some(reason) = chosen(ctx, fields) else {
        errors.add("reason", ctx.t().say("public-wrong-reason"));
        return None;
    };
    let questions = reason.questions.iter().map(|question| Step::Ask(question.code.clone()));
    for step in questions.chain(ASKED) {
        judge(ctx, fields, &step, errors);
    }
    if !errors.is_empty() {
        return None;
    }
    let mut fields = fields.clone();
    fields.set("phrase", pages::phrase(ctx));
    let mut ask = read::request(ctx, &fields, "")?;
    ask.request.channel = Channel::Office;
    ask.draft_token = None;
    Some(ask)
}
