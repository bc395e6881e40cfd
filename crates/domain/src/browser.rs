//! Which browser on which system: coarse words by which people know their own devices again.

use serde::{Deserialize, Serialize};

/// A browser on a system. Nothing finer is kept: versions and models would tell one person from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The browser.
    pub browser: Make,
    /// The system it runs on.
    pub system: System,
}

/// Who made the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Make {
    /// Mozilla's.
    Firefox,
    /// Google's, and what is built on it without a name of its own.
    Chrome,
    /// Microsoft's.
    Edge,
    /// Apple's.
    Safari,
    /// Any other.
    #[serde(other)]
    Other,
}

/// What it runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum System {
    /// Microsoft's.
    Windows,
    /// Apple's, at a desk.
    Mac,
    /// Apple's, in a hand.
    Ios,
    /// Google's, in a hand.
    Android,
    /// Linux, at a desk.
    Linux,
    /// Any other.
    #[serde(other)]
    Other,
}

impl Make {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Firefox => "firefox",
            Self::Chrome => "chrome",
            Self::Edge => "edge",
            Self::Safari => "safari",
            Self::Other => "other",
        }
    }
}

impl System {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::Mac => "mac",
            Self::Ios => "ios",
            Self::Android => "android",
            Self::Linux => "linux",
            Self::Other => "other",
        }
    }
}

impl Device {
    /// What a browser says of itself (RFC 9110 §10.1.5). Each names those it wants to be taken for, so the order matters. It
    /// may say anything: this is for people to look at, and decides nothing.
    pub fn of(user_agent: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| user_agent.contains(word));
        let browser = if has(&["Firefox/", "FxiOS/"]) {
            Make::Firefox
        } else if has(&["Edg/", "EdgA/", "EdgiOS/"]) {
            Make::Edge
        } else if has(&["Chrome/", "CriOS/"]) {
            Make::Chrome
        } else if has(&["Safari/"]) {
            Make::Safari
        } else {
            Make::Other
        };
        let system = if has(&["iPhone", "iPad"]) {
            System::Ios
        } else if has(&["Android"]) {
            System::Android
        } else if has(&["Windows"]) {
            System::Windows
        } else if has(&["Macintosh"]) {
            System::Mac
        } else if has(&["Linux", "CrOS"]) {
            System::Linux
        } else {
            System::Other
        };
        Self { browser, system }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_known_by_what_they_say() {
        let of = |text| {
            let device = Device::of(text);
            (device.browser, device.system)
        };
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 \
                    Safari/537.36 Edg/134.0.0.0";
        assert_eq!(of(edge), (Make::Edge, System::Windows));
        let phone = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Mobile \
                     Safari/537.36";
        assert_eq!(of(phone), (Make::Chrome, System::Android));
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/18.3 Mobile/15E148 Safari/604.1";
        assert_eq!(of(iphone), (Make::Safari, System::Ios));
        let linux = "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0";
        assert_eq!(of(linux), (Make::Firefox, System::Linux));
        assert_eq!(of("curl/8.12"), (Make::Other, System::Other));
    }

    #[test]
    fn what_a_later_version_knows_is_read_as_another() {
        let device: Device = serde_json::from_str(r#"{"browser":"lynx","system":"mac"}"#).unwrap();
        assert_eq!(device, Device { browser: Make::Other, system: System::Mac });
    }
}
