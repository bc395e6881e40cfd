//! Recordings as an operator lays them out.

use super::*;
use hound::{SampleFormat, WavSpec, WavWriter};

fn record(path: &Path, rate: u32, channels: u16, seconds: f32) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let spec = WavSpec { channels, sample_rate: rate, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut writer = WavWriter::create(path, spec).expect("a file");
    let mut phase = 0.0_f32;
    let mut left = seconds;
    while left > 0.0 {
        for _ in 0..channels {
            #[expect(clippy::cast_possible_truncation, reason = "below full scale")]
            writer.write_sample((phase.sin() * 8_000.0) as i16).expect("written");
        }
        #[expect(clippy::cast_precision_loss, reason = "a rate is small")]
        let step = 1.0 / rate as f32;
        phase += step * 440.0 * std::f32::consts::TAU;
        left -= step;
    }
    writer.finalize().expect("written");
}

#[test]
fn prompts_are_found_by_language_and_key_and_a_later_folder_goes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
    record(&first.join("en/greeting.wav"), 8_000, 1, 1.0);
    record(&first.join("es/greeting.WAV"), 44_100, 1, 1.0);
    record(&first.join("es-PR/greeting.wav"), 16_000, 1, 2.0);
    record(&second.join("en/greeting.wav"), 22_050, 1, 3.0);
    fs::write(first.join("README.txt"), "not a language").expect("written");
    fs::write(first.join("en/.DS_Store"), "hidden").expect("written");
    let (recordings, faults) = Recordings::load([&first, &second]);
    assert!(faults.is_empty(), "{faults:?}");
    let seconds =
        |lang, prompt| recordings.get(lang, prompt).map(|sound| sound.length().as_secs_f32().round());
    assert_eq!(seconds("en", "greeting"), Some(3.0));
    assert_eq!(seconds("en-US", "greeting"), Some(3.0));
    assert_eq!(seconds("es", "greeting"), Some(1.0));
    assert_eq!(seconds("es-PR", "greeting"), Some(2.0));
    assert_eq!(seconds("fr", "greeting"), None);
    assert_eq!(seconds("en", "other"), None);
    assert_eq!(recordings.prompts(), [("en", "greeting"), ("es", "greeting"), ("es-PR", "greeting")]);
}

#[test]
fn what_cannot_be_played_is_left_out_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join("en").join(name);
    record(&at("a.wav"), 8_000, 1, 0.5);
    record(&at("stereo.wav"), 8_000, 2, 0.5);
    record(&at("too-long.wav"), 4_000, 1, 200.0);
    fs::write(at("text.wav"), "no sound").expect("written");
    fs::write(at("b.mp3"), "no wav").expect("written");
    fs::write(at("silent.wav"), &fs::read(at("a.wav")).expect("read")[..44]).expect("written");
    let missing = folder.path().join("missing");
    let (recordings, faults) = Recordings::load([folder.path(), &missing]);
    assert_eq!(recordings.prompts(), [("en", "a")]);
    let told: Vec<_> = faults
        .iter()
        .map(|fault| {
            let name = fault.path.file_name().expect("a name").to_string_lossy().into_owned();
            (
                name,
                match &fault.why {
                    RecordingWhy::Name => "name",
                    RecordingWhy::Sound(PathError::Silent) => "silent",
                    RecordingWhy::Channels(2) => "stereo",
                    RecordingWhy::Sound(PathError::Wav(_)) => "wav",
                    RecordingWhy::Sound(PathError::TooLong(180)) => "long",
                    RecordingWhy::Read(_) => "read",
                    other => panic!("{other:?}"),
                },
            )
        })
        .collect();
    let told: Vec<_> = told.iter().map(|(name, why)| (name.as_str(), *why)).collect();
    assert_eq!(
        told,
        [
            ("b.mp3", "name"),
            ("silent.wav", "silent"),
            ("stereo.wav", "stereo"),
            ("text.wav", "wav"),
            ("too-long.wav", "long"),
            ("missing", "read"),
        ]
    );
}
