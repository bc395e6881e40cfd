//! `anteroom token create`: the first token of a program. Further ones it can ask for itself, by the API.

use crate::{args::NewToken, clock::SystemClock, commands::import, fault::Faults, say};
use desk::{Caller, Clock, Who, acts::CreateToken};
use domain::change::IdempotencyKey;
use jiff::SignedDuration;

/// Makes a token and prints it: nobody keeps it, so this is the only time it is seen.
pub async fn create(args: &NewToken) -> Result<(), Faults> {
    let installation = import::installation(&args.of).await?;
    let made = made(args, &installation).await;
    installation.store.close().await;
    say::line(made?);
    Ok(())
}

async fn made(args: &NewToken, installation: &crate::wiring::Installation) -> Result<String, Faults> {
    let desk = &installation.desk;
    let now = SystemClock.now();
    let staff =
        desk.store().staff_named(&args.staff.trim().to_lowercase()).await.map_err(desk::DeskError::from)?;
    let staff = staff.ok_or_else(|| Faults::one(format!("nobody signs in as {:?}", args.staff)))?;
    let ask = CreateToken {
        name: args.name.clone(),
        scopes: args.scopes.iter().copied().collect(),
        until: now + SignedDuration::from_hours(24 * i64::from(args.days)),
        within: None,
    };
    ask.check(now).map_err(|refused| Faults::one(refused.to_string()))?;
    let key = IdempotencyKey::of("token", desk.dice().token());
    let new = desk.create_token(&Caller::new(Who::Staff(Box::new(staff)), key, now), &ask).await?;
    new.token.ok_or_else(|| Faults::one("the token was made before, and cannot be said again"))
}
