//! The proof that whoever asks is the person whose inquiry it is, or acts for them: a signed token in a cookie of its own.

use crate::core::{
    Ctx, WebError,
    cookies::{self, Keep},
};
use axum::http::HeaderValue;
use desk::{DelegateToken, Links, Who};
use domain::{
    delegate::{Delegate, DelegateAct},
    ids::InquiryId,
    inquiry::Inquiry,
    number::InquiryNumber,
    refusal::Refusal,
};

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

/// A person with a proof for one inquiry, or somebody who acts for them.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    /// The inquiry as it is now.
    pub(crate) inquiry: Inquiry,
    /// The number of the delegate who asks; none: the person.
    delegate: Option<u8>,
}

impl Own {
    /// Who asks, for the desk.
    pub(crate) const fn who(&self) -> Who {
        who(self.inquiry.id, self.delegate)
    }

    /// The delegate who asks, if it is one.
    pub(crate) fn delegate(&self) -> Option<&Delegate> {
        self.inquiry.delegate(self.delegate?)
    }

    /// Is it the person, or a delegate who was given this?
    pub(crate) fn may(&self, act: DelegateAct) -> bool {
        match self.delegate {
            None => true,
            Some(_) => self.delegate().is_some_and(|delegate| delegate.may(act)),
        }
    }

    /// Is it the person?
    pub(crate) const fn is_person(&self) -> bool {
        self.delegate.is_none()
    }
}

const fn who(id: InquiryId, delegate: Option<u8>) -> Who {
    match delegate {
        Some(nth) => Who::Delegate(id, nth),
        None => Who::Person(id),
    }
}

/// Opens the inquiry with the number in the address for its person, if the browser holds a proof for it.
///
/// # Errors
/// [`WebError::NoProof`] without one, and also when there is no such inquiry: nobody learns which numbers exist.
/// [`Refusal::NotDelegated`] for whoever acts for the person: this is not theirs to do.
pub(crate) async fn own(ctx: &Ctx, number: &str) -> Result<Own, WebError> {
    let own = own_or_any(ctx, number).await?;
    if own.is_person() { Ok(own) } else { Err(Refusal::NotDelegated.into()) }
}

/// The same for whoever acts for the person as well, if they were given this.
pub(crate) async fn own_or(ctx: &Ctx, number: &str, act: DelegateAct) -> Result<Own, WebError> {
    let own = own_or_any(ctx, number).await?;
    if own.may(act) { Ok(own) } else { Err(Refusal::NotDelegated.into()) }
}

/// The same for whoever acts for the person at all: what is read, and no more.
///
/// # Errors
/// [`Refusal::DelegateOver`] for whoever does so no more.
pub(crate) async fn own_or_any(ctx: &Ctx, number: &str) -> Result<Own, WebError> {
    let number: InquiryNumber = number.parse().map_err(|_| WebError::NoProof)?;
    let (id, token) = shown(ctx, number).ok_or(WebError::NoProof)?;
    let delegate = token.map(|token| token.nth);
    let caller = ctx.caller_once(who(id, delegate));
    let inquiry = match ctx.app.desk.open_inquiry(&caller, id).await {
        Err(desk::DeskError::NotFound) => return Err(WebError::NoProof),
        other => other?,
    };
    let made = ctx.cookie(&cookie_name(number)).and_then(|token| Links::made(&token));
    // Whether a delegate still acts was seen when it was opened.
    let opens = match token {
        Some(token) => inquiry.is_opened_by_delegates_link(token.nth, token.link),
        None => made.is_some_and(|made| inquiry.is_opened_by_link_of(made)),
    };
    if opens && inquiry.number == number { Ok(Own { inquiry, delegate }) } else { Err(WebError::NoProof) }
}

/// Whether the browser has the inquiry open by a link that we sent: our messages reach whoever uses it.
pub(crate) fn came_by_message(ctx: &Ctx, number: InquiryNumber) -> bool {
    let token = ctx.cookie(&cookie_name(number));
    let links = ctx.app.desk.links();
    token.is_some_and(|token| {
        links.came_by_message(&token, ctx.now) || links.open_delegate(&token, ctx.now).is_some()
    })
}

/// The inquiry that the browser's proof for this number opens.
pub(crate) fn proven(ctx: &Ctx, number: InquiryNumber) -> Option<InquiryId> {
    shown(ctx, number).map(|(id, _)| id)
}

/// The same, with the delegate whose proof it is.
fn shown(ctx: &Ctx, number: InquiryNumber) -> Option<(InquiryId, Option<DelegateToken>)> {
    let token = ctx.cookie(&cookie_name(number))?;
    let links = ctx.app.desk.links();
    let own = links.open(&token, ctx.now).map(|id| (id, None));
    own.or_else(|| links.open_delegate(&token, ctx.now).map(|token| (token.inquiry, Some(token))))
}
