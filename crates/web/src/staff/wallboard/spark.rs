//! The small line of the last two hours: drawn here, so that it needs no script, with its numbers in a table behind it.

use domain::calendar::Zone;
use jiff::Timestamp;
use locale::{Tongue, args};
use maud::{Markup, html};
use std::fmt::Write as _;

const WIDTH: usize = 960;
const HEIGHT: usize = 120;

/// How many waited, over time.
pub(super) fn show(t: &Tongue, times: &[(Timestamp, usize)], zone: &Zone) -> Markup {
    let most = times.iter().map(|(_, waiting)| *waiting).max().unwrap_or(0);
    let clock = |at: Timestamp| t.time(zone.local(at).time());
    let label = t.say_with("wall-line", &args! { "most" => i64::try_from(most).unwrap_or(i64::MAX) });
    html! {
        div.wall-line {
            figure {
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(label) preserveAspectRatio="none" {
                    polyline points=(points(times, most)) fill="none" stroke="currentColor" stroke-width="3"
                        vector-effect="non-scaling-stroke" {}
                }
                figcaption { (label) }
            }
            details {
                summary { (t.say("wall-line-table")) }
                table.usa-table.usa-table--borderless {
                    caption.usa-sr-only { (label) }
                    thead { tr { th scope="col" { (t.say("staff-col-time")) } th scope="col" { (t.say("wall-tile-waiting")) } } }
                    tbody {
                        @for (at, waiting) in times {
                            tr { th scope="row" { (clock(*at)) } td { (t.number(i64::try_from(*waiting).unwrap_or(i64::MAX))) } }
                        }
                    }
                }
            }
        }
    }
}

/// From the left, where the earliest is, to the right; from the foot, where nobody waits, up to the most there were.
fn points(times: &[(Timestamp, usize)], most: usize) -> String {
    let steps = times.len().saturating_sub(1).max(1);
    let mut points = String::new();
    for (n, (_, waiting)) in times.iter().enumerate() {
        let y = HEIGHT - 2 - waiting * (HEIGHT - 4) / most.max(1);
        let _ = write!(points, "{},{y} ", n * WIDTH / steps);
    }
    points.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_goes_from_the_foot_to_the_most_there_were() {
        let at = Timestamp::UNIX_EPOCH;
        assert_eq!(points(&[(at, 0), (at, 4), (at, 2)], 4), "0,118 480,2 960,60");
        assert_eq!(points(&[(at, 0)], 0), "0,118");
        assert_eq!(points(&[], 0), "");
    }
}
