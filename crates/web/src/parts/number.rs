//! The number people carry.

use crate::core::Ctx;
use domain::number::InquiryNumber;
use maud::{Markup, html};

/// The number, large and grouped, with a button to copy it (shown only where a script can do it).
pub(crate) fn big_number(ctx: &Ctx, number: InquiryNumber) -> Markup {
    let t = ctx.t();
    html! {
        div.number {
            p.number__label { (t.say("web-number-label")) }
            p.number__digits { bdi { (number) } }
            button.usa-button.usa-button--outline type="button" hidden data-copy=(number.digits())
                data-copied=(t.say("web-copied")) { (t.say("web-copy")) }
        }
    }
}
