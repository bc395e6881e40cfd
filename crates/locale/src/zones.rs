//! What people call the zones of the United States and its territories.

use jiff::tz::TimeZone;

/// What a zone is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneName {
    /// By a message `time-zone-…`.
    Known(&'static str),
    /// By its own identifier.
    Other,
}

/// The name of an IANA zone. Names follow how people in the zone speak, not whether clocks change there:
/// Phoenix keeps Mountain standard time all year and says "Arizona time".
///
/// Source: the zone1970.tab entries for US, PR, VI, GU, MP and AS of the IANA time zone database, and
/// 49 CFR 71 for the legal zones.
pub fn name(zone: &str) -> ZoneName {
    ZoneName::Known(match zone {
        "America/New_York"
        | "America/Detroit"
        | "America/Indianapolis"
        | "America/Fort_Wayne"
        | "America/Louisville"
        | "US/Eastern"
        | "US/Michigan"
        | "US/East-Indiana"
        | "EST5EDT"
        | "America/Kentucky/Louisville"
        | "America/Kentucky/Monticello"
        | "America/Indiana/Indianapolis"
        | "America/Indiana/Vincennes"
        | "America/Indiana/Winamac"
        | "America/Indiana/Marengo"
        | "America/Indiana/Petersburg"
        | "America/Indiana/Vevay" => "eastern",
        "America/Chicago"
        | "America/Menominee"
        | "America/Indiana/Tell_City"
        | "America/Indiana/Knox"
        | "America/North_Dakota/Center"
        | "America/North_Dakota/New_Salem"
        | "America/North_Dakota/Beulah"
        | "US/Central"
        | "CST6CDT" => "central",
        "America/Denver" | "America/Boise" | "America/Shiprock" | "US/Mountain" | "MST7MDT" => "mountain",
        "America/Phoenix" | "US/Arizona" => "arizona",
        "America/Los_Angeles" | "US/Pacific" | "PST8PDT" => "pacific",
        "America/Anchorage" | "America/Juneau" | "America/Sitka" | "America/Metlakatla"
        | "America/Yakutat" | "America/Nome" | "US/Alaska" => "alaska",
        "Pacific/Honolulu" | "US/Hawaii" => "hawaii",
        "America/Adak" | "US/Aleutian" => "aleutian",
        "America/Puerto_Rico" | "America/St_Thomas" | "America/Virgin" => "atlantic",
        "Pacific/Guam" | "Pacific/Saipan" => "chamorro",
        "Pacific/Pago_Pago" | "Pacific/Samoa" | "US/Samoa" => "samoa",
        _ => return ZoneName::Other,
    })
}

/// The zone by its IANA identifier, and the identifier by which to call it.
///
/// A zone that this machine's database does not have cannot be computed in; the time is then given in
/// UTC and called so, which is odd to read but never wrong.
pub fn find(zone: &str) -> (TimeZone, &str) {
    TimeZone::get(zone).map_or((TimeZone::UTC, "UTC"), |tz| (tz, zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_zone_exists_and_others_keep_their_identifier() {
        for (zone, expected) in [
            ("America/Phoenix", "arizona"),
            ("America/Anchorage", "alaska"),
            ("Pacific/Honolulu", "hawaii"),
            ("America/Puerto_Rico", "atlantic"),
            ("Pacific/Guam", "chamorro"),
            ("America/Indiana/Knox", "central"),
        ] {
            assert_eq!(name(zone), ZoneName::Known(expected), "{zone}");
            assert_eq!(find(zone).1, zone);
        }
        assert_eq!(name("Europe/Berlin"), ZoneName::Other);
        assert_eq!(find("Mars/Olympus").1, "UTC");
    }
}
