//! Which address is which act. One file for each part of the way.

mod agency;
mod ask;
mod callbacks;
mod cases;
mod closings;
mod decisions;
mod delegates;
mod handovers;
mod imports;
mod indicators;
mod inquiries;
mod journal;
mod lists;
mod operators;
mod own;
mod public;
mod requests;
mod rosters;
mod tokens;
mod versions;
mod visits;
mod waits;

pub(crate) use requests::language;

use crate::Api;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Which inquiry.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes a part of an address, which axum reads as text")]
pub(crate) struct Number {
    /// The number the person carries: eight digits, the last a check digit.
    #[param(pattern = "^[0-9]{8}$", example = "48210936")]
    number: String,
}

/// What everybody may ask, under `/api/v1`.
pub(crate) fn open() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(public::offices))
        .routes(routes!(public::reasons))
        .routes(routes!(public::line))
        .routes(routes!(public::statistics))
        .routes(routes!(public::case))
        .routes(routes!(public::code))
        .routes(routes!(own::access))
        .routes(routes!(ask::file))
        .routes(routes!(ask::link))
}

/// What a person does with their own inquiry, under `/api/v1`.
pub(crate) fn own() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(own::inquiry))
        .routes(routes!(own::end))
        .routes(routes!(own::position))
        .routes(routes!(own::story))
        .routes(routes!(own::notices))
        .routes(routes!(own::windows))
        .routes(routes!(own::places))
        .routes(routes!(own::call))
        .routes(routes!(own::cancel_call))
        .routes(routes!(own::visit))
        .routes(routes!(own::cancel_visit))
        .routes(routes!(own::confirm))
        .routes(routes!(own::keep))
        .routes(routes!(own::papers))
        .routes(routes!(own::earlier))
        .routes(routes!(own::stop_earlier))
        .routes(routes!(own::take_earlier))
        .routes(routes!(own::leave_earlier))
        .routes(routes!(own::texts))
        .routes(routes!(own::calls))
        .routes(routes!(own::post))
        .routes(routes!(own::correct))
        .routes(routes!(own::review))
        .routes(routes!(delegates::own_list, delegates::own_name))
        .routes(routes!(delegates::own_end))
        .routes(routes!(delegates::own_renew))
        .routes(routes!(own::withdraw))
}

/// Every address under `/api/v1` that asks for a token.
pub(crate) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(requests::request, lists::inquiries))
        .routes(routes!(lists::review))
        .routes(routes!(lists::callbacks))
        .routes(routes!(lists::day))
        .routes(routes!(lists::figures))
        .routes(routes!(indicators::indicators))
        .routes(routes!(waits::list))
        .routes(routes!(waits::shift))
        .routes(routes!(operators::list))
        .routes(routes!(operators::take_only))
        .routes(routes!(inquiries::inquiry))
        .routes(routes!(inquiries::story))
        .routes(routes!(inquiries::notices))
        .routes(routes!(inquiries::windows))
        .routes(routes!(inquiries::places))
        .routes(routes!(inquiries::places_anywhere))
        .routes(routes!(inquiries::advice))
        .routes(routes!(decisions::urgency))
        .routes(routes!(decisions::need))
        .routes(routes!(decisions::ask_papers))
        .routes(routes!(decisions::papers_complete))
        .routes(routes!(decisions::change_office))
        .routes(routes!(requests::correct))
        .routes(routes!(requests::proof))
        .routes(routes!(delegates::list, delegates::name))
        .routes(routes!(delegates::end))
        .routes(routes!(delegates::renew))
        .routes(routes!(callbacks::promise))
        .routes(routes!(callbacks::shift))
        .routes(routes!(callbacks::cancel))
        .routes(routes!(callbacks::start))
        .routes(routes!(callbacks::end))
        .routes(routes!(handovers::propose, handovers::list))
        .routes(routes!(handovers::show))
        .routes(routes!(handovers::withdraw))
        .routes(routes!(visits::hold))
        .routes(routes!(visits::book))
        .routes(routes!(visits::shift))
        .routes(routes!(visits::cancel))
        .routes(routes!(visits::earlier))
        .routes(routes!(visits::stop_earlier))
        .routes(routes!(visits::check_in))
        .routes(routes!(visits::ticket))
        .routes(routes!(visits::serve))
        .routes(routes!(visits::no_show))
        .routes(routes!(visits::park))
        .routes(routes!(visits::not_here))
        .routes(routes!(visits::hand))
        .routes(routes!(visits::back))
        .routes(routes!(visits::left))
        .routes(routes!(closings::plan, closings::list))
        .routes(routes!(closings::show))
        .routes(routes!(closings::give_up))
        .routes(routes!(rosters::list))
        .routes(routes!(rosters::show, rosters::plan, rosters::end))
        .routes(routes!(rosters::effect))
        .routes(routes!(cases::case))
        .routes(routes!(imports::cases))
        .routes(routes!(imports::staff))
        .routes(routes!(imports::table))
        .routes(routes!(versions::list))
        .routes(routes!(versions::text))
        .routes(routes!(versions::begin))
        .routes(routes!(versions::open))
        .routes(routes!(versions::show, versions::write))
        .routes(routes!(versions::difference))
        .routes(routes!(versions::judge))
        .routes(routes!(versions::propose))
        .routes(routes!(versions::back))
        .routes(routes!(versions::give_up))
        .routes(routes!(journal::journal))
        .routes(routes!(agency::offices))
        .routes(routes!(agency::reasons))
        .routes(routes!(agency::me))
        .routes(routes!(tokens::create, tokens::list))
        .routes(routes!(tokens::revoke))
}
