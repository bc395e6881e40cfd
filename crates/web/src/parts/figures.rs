//! Indicators as people and machines read them: the figure in words, its definition, the table as CSV.

use crate::core::Ctx;
use domain::indicators::{By, Indicator, Measure, OTHERWISE, Unit, VERSION};
use jiff::civil::Date;
use locale::{Tongue, args};
use std::fmt::Write as _;

/// A figure in the reader's words: "93.4 %", "1 min 12 s", "5.2 days".
pub(crate) fn figure(t: &Tongue, indicator: Indicator, value: i64) -> String {
    match indicator.unit() {
        Unit::Count => t.number(value),
        Unit::Thousandths => t.say_plain_with("figure-percent", &args! { "n" => t.tenths(value) }),
        Unit::Days => t.say_plain_with("figure-days", &args! { "n" => t.tenths((value + 4320) / 8640) }),
        Unit::Seconds => length(t, value),
    }
}

/// A length of time, exact to the second below an hour. One below nothing has a minus before it.
pub(crate) fn length(t: &Tongue, seconds: i64) -> String {
    if seconds < 0 {
        return format!("\u{2212}{}", length(t, seconds.saturating_neg()));
    }
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => t.say_plain_with("figure-seconds", &args! { "s" => seconds }),
        (0, _) => t.say_plain_with("figure-minutes", &args! { "m" => minutes, "s" => seconds }),
        _ => t.say_plain_with("figure-hours", &args! { "h" => hours, "m" => minutes }),
    }
}

/// What an indicator is called.
pub(crate) fn name(t: &Tongue, indicator: Indicator) -> String {
    desk::figure_name(t, indicator)
}

/// How it is counted.
pub(crate) fn definition(t: &Tongue, indicator: Indicator) -> String {
    desk::figure_definition(t, indicator)
}

/// What a group is called.
pub(crate) fn group(ctx: &Ctx, by: By, code: &str) -> String {
    let pack = ctx.app.desk.pack();
    let found = match by {
        By::Office => code.parse().ok().and_then(|code| pack.office(&code)).map(|office| office.name.clone()),
        By::Reason => code
            .parse()
            .ok()
            .and_then(|code| pack.reason(&code))
            .map(|reason| reason.name.in_lang(&ctx.lang).to_owned()),
        By::Lang => pack
            .languages()
            .iter()
            .any(|lang| lang.as_str() == code)
            .then(|| ctx.t().say_of("staff-lang", code)),
        By::Relay => Some(ctx.t().say_of("figure-relay", code)),
        By::Represented => Some(ctx.t().say_of("figure-represented", code)),
        By::Pause if code == OTHERWISE => Some(ctx.t().say("figure-pause-other")),
        By::Pause => {
            let words = &pack.line().wait.written().not_ready;
            let named = words.iter().find(|named| named.code.as_str() == code);
            named.map(|named| named.name.in_lang(&ctx.lang).to_owned())
        }
        By::Queue | By::All => None,
    };
    found.unwrap_or_else(|| code.to_owned())
}

/// The figures for machines, one a line. What is hidden has no value and no number.
pub(crate) fn csv<'a>(
    (from, to): (Date, Date),
    by: By,
    rows: impl IntoIterator<Item = (&'a Measure, bool)>,
) -> String {
    let mut text = String::from(
        "from,to,indicator,definition_version,by,group,unit,value,n,left_out,held_back,recorded\r\n",
    );
    for (measure, hidden) in rows {
        let unit = match measure.indicator.unit() {
            Unit::Count => "count",
            Unit::Thousandths => "thousandths",
            Unit::Seconds | Unit::Days => "seconds",
        };
        let shown = |value: Option<String>| value.filter(|_| !hidden).unwrap_or_default();
        // Codes and numbers only: nothing here can hold a comma or a quotation mark.
        let _ = write!(
            text,
            "{from},{to},{},{VERSION},{},{},{unit},{},{},{},{},{}\r\n",
            measure.indicator.as_str(),
            by.as_str(),
            measure.group.as_deref().unwrap_or_default(),
            shown(measure.value.map(|value| value.to_string())),
            shown(Some(measure.n.to_string())),
            shown(Some(measure.left_out.to_string())),
            if hidden { "yes" } else { "no" },
            if measure.recorded { "yes" } else { "no" },
        );
    }
    text
}
