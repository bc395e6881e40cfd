//! The questions of the request, all on one page, as a member of staff asks them of somebody who is heard and does not see them.

use super::{
    check, counter, pages,
    step::{self, Step, answer},
};
use crate::{
    core::{Ctx, Errors, Fields, Form},
    parts::{Change, Row},
};
use desk::acts::RequestMeeting;
use domain::inquiry::Channel;
use maud::{Markup, html};

/// The pages of the request that are asked for this reason: all but those that are no question.
fn steps(ctx: &Ctx, fields: &Fields) -> Vec<Step> {
    let mut way = step::way(ctx, fields);
    way.retain(|step| !matches!(step, Step::Reason | Step::First | Step::Check));
    way
}

/// What stands in the form before anything is typed; `ctx` is in the person's language.
pub(crate) fn begin(ctx: &Ctx, fields: &mut Fields) {
    fields.set("lang", ctx.lang.as_str());
    fields.set("behalf", "no");
    fields.set("phrase", pages::phrase(ctx));
    // The phrase stands: it is not drawn anew when the page is shown again.
    fields.set(&Step::Call.seen(), "yes");
}

/// Where a page of the request begins within the one page.
fn place(step: &Step) -> String {
    match step {
        Step::Ask(code) => format!("part-{}", answer(code)),
        other => format!("part-{}", other.name()),
    }
}

/// Every question, of the reason and of everybody.
pub(crate) fn fields(ctx: &Ctx, form: &Form<'_>) -> Markup {
    html! {
        input type="hidden" name=(Step::Call.seen()) value="yes";
        @for step in steps(ctx, form.fields) {
            @let (heading, asked) = pages::asked(ctx, &step, form);
            section id=(place(&step)) tabindex="-1" {
                h3 { (heading) }
                (asked)
            }
        }
    }
}

/// The names of the fields that the form has.
pub(crate) fn names(ctx: &Ctx, fields: &Fields) -> Vec<String> {
    let mut names: Vec<String> = steps(ctx, fields).iter().flat_map(|step| step.fields(ctx)).collect();
    names.push(Step::Call.seen());
    names
}

/// What was answered, or what is wrong with it.
pub(crate) fn read(
    ctx: &Ctx,
    fields: &Fields,
    channel: Channel,
    errors: &mut Errors,
) -> Option<RequestMeeting> {
    counter::read_steps(ctx, fields, steps(ctx, fields), channel, errors)
}

/// Every answer as it is read back in the language of `ctx`, each with a way to mend it where it is asked at `to`.
pub(crate) fn said(ctx: &Ctx, fields: &Fields, to: Option<&str>) -> [(String, Vec<Row>); 4] {
    let mends = ctx.t().say("public-change");
    check::parts(ctx, fields, &|step: &Step| {
        let place = match step {
            Step::Reason => "part-reason".to_owned(),
            other => place(other),
        };
        to.map(|to| Change::Button(format!("{to}#{place}"), mends.clone()))
    })
}
