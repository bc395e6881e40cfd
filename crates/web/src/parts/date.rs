//! A date in three fields: people know their birthday by heart, and no calendar helps them type it.

use super::choices::described;
use crate::core::{Ctx, Fields, Form};
use jiff::civil::Date;
use maud::{Markup, html};

/// A date in three fields: `name_month`, `name_day`, `name_year`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DateField<'a> {
    pub(crate) name: &'a str,
    pub(crate) legend: &'a str,
    pub(crate) hint: &'a str,
    /// Is it the reader's own date of birth, which browsers may fill in?
    pub(crate) birthday: bool,
    /// Does the heading above ask it already?
    pub(crate) quiet: bool,
}

/// The three fields.
pub(crate) fn date(ctx: &Ctx, form: &Form<'_>, field: &DateField<'_>) -> Markup {
    let t = ctx.t();
    let name = field.name;
    let error = form.error(name);
    let fill = |what: &str| if field.birthday { format!("bday-{what}") } else { "off".to_owned() };
    let part = |what: &str| format!("{name}_{what}");
    let (month, day, year) = (part("month"), part("day"), part("year"));
    html! {
        div.usa-form-group.usa-form-group--error[error.is_some()] {
            fieldset.usa-fieldset #(name) tabindex="-1" aria-describedby=[described(name, field.hint, error)] {
                legend class=(if field.quiet { "usa-sr-only" } else { "usa-legend usa-legend--field" }) { (field.legend) }
                @if !field.hint.is_empty() { span.usa-hint id={ (name) "-hint" } { (field.hint) } }
                @if let Some(error) = error { span.usa-error-message id={ (name) "-error" } { (error) } }
                div.usa-memorable-date {
                    div.usa-form-group.usa-form-group--month.usa-form-group--select {
                        label.usa-label for=(month) { (t.say("web-date-month")) }
                        select.usa-select #(month) name=(month) autocomplete=(fill("month")) {
                            option value="" { (t.say("web-date-choose")) }
                            @for n in 1..=12_u8 {
                                @let value = n.to_string();
                                option value=(value) selected[form.value(&month).trim_start_matches('0') == value] {
                                    (t.say_of("web-month", &value))
                                }
                            }
                        }
                    }
                    div.usa-form-group.usa-form-group--day {
                        label.usa-label for=(day) { (t.say("web-date-day")) }
                        input.usa-input #(day) name=(day) value=(form.value(&day)) maxlength="2" inputmode="numeric"
                            autocomplete=(fill("day"));
                    }
                    div.usa-form-group.usa-form-group--year {
                        label.usa-label for=(year) { (t.say("web-date-year")) }
                        input.usa-input #(year) name=(year) value=(form.value(&year)) maxlength="4" inputmode="numeric"
                            autocomplete=(fill("year"));
                    }
                }
            }
        }
    }
}

/// What stands in the three fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typed {
    /// Nothing at all.
    Nothing,
    /// Something that is no date.
    NoDate,
    /// A date.
    Date(Date),
}

/// Reads the three fields.
pub(crate) fn read_date(fields: &Fields, name: &str) -> Typed {
    let part = |what: &str| fields.get(&format!("{name}_{what}"));
    let (month, day, year) = (part("month"), part("day"), part("year"));
    if month.is_empty() && day.is_empty() && year.is_empty() {
        return Typed::Nothing;
    }
    let read = || {
        let year: i16 = year.parse().ok()?;
        if !(1850..=2200).contains(&year) {
            return None;
        }
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    read().map_or(Typed::NoDate, Typed::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_days_that_exist() {
        let read = |month: &str, day: &str, year: &str| {
            let mut fields = Fields::default();
            fields.set("born_month", month);
            fields.set("born_day", day);
            fields.set("born_year", year);
            read_date(&fields, "born")
        };
        assert_eq!(read("2", "29", "1980"), Typed::Date("1980-02-29".parse().unwrap()));
        assert_eq!(read("02", "09", "1980"), Typed::Date("1980-02-09".parse().unwrap()));
        assert_eq!(read("2", "29", "1981"), Typed::NoDate);
        assert_eq!(read("2", "", "1981"), Typed::NoDate);
        assert_eq!(read("2", "1", "81"), Typed::NoDate);
        assert_eq!(read("", "", ""), Typed::Nothing);
    }
}
