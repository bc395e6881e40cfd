//! The proof that whoever asks is the person whose inquiry it is: a signed token in a cookie of its own.

use crate::core::{
    Ctx, WebError,
    cookies::{self, Keep},
};
use axum::http::HeaderValue;
use desk::{Links, Who};
use domain::{ids::InquiryId, inquiry::Inquiry, number::InquiryNumber};

/// The name of the cookie for one inquiry. Several can be open in one browser: a family shares a telephone.
fn cookie_name(number: InquiryNumber) -> String {
    format!("inquiry_{}", number.digits())
}

/// The header that keeps the proof until the browser is closed.
pub(crate) fn keep(ctx: &Ctx, number: InquiryNumber, token: &str) -> HeaderValue {
    cookies::set(&cookie_name(number), token, Keep::Session, ctx.app.options.https())
}

/// The header that forgets it.
pub(crate) fn forget(ctx: &Ctx, number: InquiryNumber) -> HeaderValue {
    cookies::set(&cookie_name(number), "", Keep::Gone, ctx.app.options.https())
}

/// A person with a proof for one inquiry.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    /// The inquiry as it is now.
    pub(crate) inquiry: Inquiry,
}

impl Own {
    /// Who asks, for the desk.
    pub(crate) const fn who(&self) -> Who {
        Who::Person(self.inquiry.id)
    }
}

/// Opens the inquiry with the number in the address, if the browser holds a proof for it.
///
/// # Errors
/// [`WebError::NoProof`] without one, and also when there is no such inquiry: nobody learns which numbers exist.
pub(crate) async fn own(ctx: &Ctx, number: &str) -> Result<Own, WebError> {
    let number: InquiryNumber = number.parse().map_err(|_| WebError::NoProof)?;
    let id = proven(ctx, number).ok_or(WebError::NoProof)?;
    let caller = ctx.caller_once(Who::Person(id));
    let inquiry = match ctx.app.desk.open_inquiry(&caller, id).await {
        Err(desk::DeskError::NotFound) => return Err(WebError::NoProof),
        other => other?,
    };
    let made = ctx.cookie(&cookie_name(number)).and_then(|token| Links::made(&token));
    let opens = made.is_some_and(|made| inquiry.is_opened_by_link_of(made));
    if opens && inquiry.number == number { Ok(Own { inquiry }) } else { Err(WebError::NoProof) }
}

/// Whether the browser has the inquiry open by a link that we sent: our messages reach whoever uses it.
pub(crate) fn came_by_message(ctx: &Ctx, number: InquiryNumber) -> bool {
    let token = ctx.cookie(&cookie_name(number));
    token.is_some_and(|token| ctx.app.desk.links().came_by_message(&token, ctx.now))
}

/// The inquiry that the browser's proof for this number opens.
pub(crate) fn proven(ctx: &Ctx, number: InquiryNumber) -> Option<InquiryId> {
    let token = ctx.cookie(&cookie_name(number))?;
    ctx.app.desk.links().open(&token, ctx.now)
}
