//! Pieces of pages, one file each. All texts are escaped by `maud`; nothing here reads anything.

mod alert;
mod card;
mod choices;
mod date;
mod errors;
pub(crate) mod figures;
mod frame;
mod getting_there;
mod grouped;
mod inputs;
mod key;
mod number;
mod qr;
mod summary;
mod timeline;

pub(crate) use alert::{Alert, alert};
pub(crate) use card::card;
pub(crate) use choices::{Choice, Choices, checkboxes, radios, select, tick};
pub(crate) use date::{DateField, Typed, date, read_date};
pub(crate) use errors::error_summary;
pub(crate) use frame::{demo_bar, footer, header, phone_line};
pub(crate) use getting_there::getting_there;
pub(crate) use grouped::{Group, grouped_radios};
pub(crate) use inputs::{Input, input, textarea};
pub(crate) use key::{key, post_button};
pub(crate) use number::big_number;
pub(crate) use qr::qr;
pub(crate) use summary::{Change, Row, summary};
pub(crate) use timeline::{Event, timeline};
