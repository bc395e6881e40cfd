//! Indicators of a period.

use crate::{
    dto::{inquiry::TextsShown, said::ApartChoice},
    scalar::Day,
};
use domain::indicators::{By, Indicator, Measure, Unit, VERSION};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which days, and how they are told apart.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DaysPart {
    /// The first day by the line's clock; without it, six days before the last.
    #[param(value_type = Option<Day>, nullable = false)]
    pub(crate) from: Option<Day>,
    /// The last day; without it, today. At most thirty days are counted at once: an earlier first day is moved.
    #[param(value_type = Option<Day>, nullable = false)]
    pub(crate) to: Option<Day>,
    /// By what the figures are told apart; without it, by nothing.
    /// The queue tells apart only what is of the line, and the pause only why operators are not ready.
    #[param(inline, nullable = false)]
    pub(crate) by: Option<ApartChoice>,
}

/// A figure, and from how many it was counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeasureShown {
    /// What was counted: one of the `definitions`.
    #[schema(example = "calls-kept")]
    indicator: &'static str,
    /// Of whom: a queue, an office, a language, a reason, `yes` or `no`; none for all.
    #[schema(example = "LOS")]
    group: Option<String>,
    /// The figure, in the unit of its definition; none where it was counted from nothing.
    #[schema(example = 934)]
    value: Option<i64>,
    /// From how many it was counted.
    #[schema(example = 412)]
    n: u64,
    /// How many of the period's records it leaves out; why, its definition says.
    #[schema(example = 3)]
    left_out: u64,
    /// Was what it is counted from written down in the period? Where it was not, there is no figure, which is not zero.
    recorded: bool,
}

impl MeasureShown {
    pub(crate) fn of(measure: Measure) -> Self {
        let Measure { indicator, group, value, n, left_out, recorded } = measure;
        Self { indicator: indicator.as_str(), group, value, n, left_out, recorded }
    }
}

/// How an indicator is counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DefinitionShown {
    /// Its stable name.
    #[schema(example = "calls-kept")]
    indicator: &'static str,
    /// What it is measured in: `count`, `thousandths` or `seconds`.
    #[schema(example = "thousandths")]
    unit: &'static str,
    /// What it is called, by language.
    name: TextsShown,
    /// How it is counted, and what is left out, by language.
    definition: TextsShown,
}

impl DefinitionShown {
    pub(crate) fn of(indicator: Indicator, name: TextsShown, definition: TextsShown) -> Self {
        let unit = match indicator.unit() {
            Unit::Count => "count",
            Unit::Thousandths => "thousandths",
            Unit::Seconds | Unit::Days => "seconds",
        };
        Self { indicator: indicator.as_str(), unit, name, definition }
    }
}

/// The indicators of some days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorsShown {
    #[schema(value_type = Day)]
    from: Date,
    #[schema(value_type = Day)]
    to: Date,
    /// By what the figures are told apart.
    #[schema(example = "all")]
    by: &'static str,
    /// The version of the definitions.
    #[schema(example = 2)]
    version: u32,
    figures: Vec<MeasureShown>,
    definitions: Vec<DefinitionShown>,
}

impl IndicatorsShown {
    pub(crate) fn new(
        (from, to): (Date, Date),
        by: By,
        figures: Vec<MeasureShown>,
        definitions: Vec<DefinitionShown>,
    ) -> Self {
        Self { from, to, by: by.as_str(), version: VERSION, figures, definitions }
    }
}
