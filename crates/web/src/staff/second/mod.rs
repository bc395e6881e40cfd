//! The second proof: given at sign-in, and set up and taken away on one's own account.

mod account;
pub(super) mod passkey;
mod sign_in;

pub(super) use account::{add_app, add_passkey, app, page, recovery, remove};
pub(super) use sign_in::{by_passkey, code, code_page, half};

use crate::core::{Ctx, WebError, cookies, limits::Gate};
use desk::{Given, ProofRefused};
use domain::ids::StaffId;
use locale::Tongue;

/// The cookie of whoever gave a right password and must still give a second proof.
const HALF: &str = "staff_half";

/// The cookie by which a browser is known again.
const KNOWN: &str = "staff_known";

/// The longest code: a recovery code with whatever people put between its letters.
pub(super) const LONGEST_CODE: usize = 40;

/// Takes one of the tries at a code that could be guessed. Tries from a browser in which they were signed in before are counted
/// apart: whoever has their password and guesses elsewhere does not shut them out.
///
/// # Errors
/// [`WebError::TooMany`], with the time until the next.
pub(super) fn try_at(ctx: &Ctx, staff: StaffId, given: &Given) -> Result<(), WebError> {
    if !given.can_be_guessed() {
        return ctx.limit(Gate::SignIn);
    }
    let known = ctx.cookie(KNOWN).filter(|token| ctx.app.desk.links().knows(staff, token));
    ctx.limit_on(Gate::Code, &known.map_or_else(|| staff.to_string(), |token| format!("{staff} {token}")))
}

/// What is wrong with a proof, and what helps.
pub(super) fn says(t: &Tongue, why: ProofRefused) -> String {
    t.say_of("second-refused", why.code())
}

/// The header that remembers this browser for a year.
fn remember(ctx: &Ctx, staff: StaffId) -> axum::http::HeaderValue {
    let before = ctx.cookie(KNOWN).filter(|token| ctx.app.desk.links().knows(staff, token));
    let desk = &ctx.app.desk;
    let token = before.unwrap_or_else(|| desk.links().known(staff, &desk.dice().token()));
    cookies::set(KNOWN, &token, cookies::Keep::Seconds(365 * 24 * 3600), ctx.app.options.https())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::second::ResetWhy;
    use locale::{Overrides, Words};

    #[test]
    fn every_refusal_and_every_reason_has_its_sentence() {
        let words = Words::load(&Overrides::none()).unwrap();
        for lang in ["en", "es"] {
            let tongue = words.tongue(&lang.parse().unwrap());
            for why in ProofRefused::ALL {
                assert!(tongue.has(&format!("second-refused-{}", why.code())), "{lang}: {why:?}");
            }
            for why in ResetWhy::ALL {
                assert!(tongue.has(&format!("second-reset-why-{}", why.as_str())), "{lang}: {why:?}");
            }
            assert!(["added", "removed"].iter().all(|did| tongue.has(&format!("second-did-{did}"))));
        }
    }
}
