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
    let mut fields = fields.clone();
    fields.set("phrase", pages::phrase(ctx));
    let questions = chosen(ctx, &fields).map(|reason| reason.questions.clone()).unwrap_or_default();
    let questions = questions.into_iter().map(|question| Step::Ask(question.code));
    read_steps(ctx, &fields, questions.chain(ASKED), Channel::Office, errors)
}

/// What was answered to these pages, or what is wrong with it.
pub(super) fn read_steps(
    ctx: &Ctx,
    fields: &Fields,
    steps: impl IntoIterator<Item = Step>,
    channel: Channel,
    errors: &mut Errors,
) -> Option<RequestMeeting> {
    if chosen(ctx, fields).is_none() {
        errors.add("reason", ctx.t().say("public-wrong-reason"));
        return None;
    }
    for step in steps {
        judge(ctx, fields, &step, errors);
    }
    let mut ask = read::request(ctx, fields, "").filter(|_| errors.is_empty())?;
    ask.request.channel = channel;
    ask.draft_token = None;
    Some(ask)
}
