//! Called by baresip, an independent softphone.

use crate::telephone::Line;
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

struct Softphone {
    child: Child,
    control: TcpStream,
}

impl Drop for Softphone {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Softphone {
    fn start(dir: &Path) -> Self {
        let (sip, control) = (free_port(), free_port());
        let config = format!(
            "net_interface 127.0.0.1\nsip_listen 127.0.0.1:{sip}\naudio_source aufile,{dir}/tx.wav\n\
             audio_player aufile,{dir}/rx.wav\naudio_alert aufile,{dir}/alert.wav\nmodule_path /usr/lib/baresip/modules\n\
             module g711.so\nmodule aufile.so\nmodule sndfile.so\nmodule_tmp uuid.so\nmodule_tmp account.so\n\
             module_app menu.so\nmodule_app ctrl_tcp.so\nctrl_tcp_listen 127.0.0.1:{control}\nsnd_path {dir}\n",
            dir = dir.display(),
        );
        fs::write(dir.join("config"), config).unwrap();
        let account = format!(
            "<sip:bob@127.0.0.1:{sip}>;regint=0;audio_codecs=PCMU/8000/1;dtmfmode=rtpevent;answermode=manual\n"
        );
        fs::write(dir.join("accounts"), account).unwrap();
        fs::write(dir.join("contacts"), "").unwrap();
        // A minute of silence. When it ends, baresip sends nothing more, not even keys.
        fs::write(dir.join("tx.wav"), wav(60 * 8_000, |_| 0)).unwrap();
        let child = Command::new("baresip")
            .args(["-f", dir.to_str().unwrap()])
            .stdin(Stdio::null())
            .stdout(fs::File::create(dir.join("out")).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        let control = loop {
            match TcpStream::connect(("127.0.0.1", control)) {
                Ok(control) => break control,
                Err(_) if begun.elapsed() < Duration::from_secs(20) => {
                    std::thread::sleep(Duration::from_millis(100));
                }
                Err(error) => panic!("baresip does not start: {error}"),
            }
        };
        control.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        Self { child, control }
    }

    fn command(&mut self, command: &str, params: &str) {
        let text = serde_json::json!({ "command": command, "params": params, "token": command }).to_string();
        self.control.write_all(format!("{}:{text},", text.len()).as_bytes()).unwrap();
    }

    /// What it tells within a time.
    fn tells(&mut self, within: Duration) -> String {
        let (begun, mut all, mut buffer) = (Instant::now(), Vec::new(), [0; 4_096]);
        while begun.elapsed() < within {
            if let Ok(size) = self.control.read(&mut buffer) {
                all.extend(&buffer[..size]);
            }
        }
        String::from_utf8_lossy(&all).into_owned()
    }
}

/// So many samples of sound: 8 kHz, one channel, 16 bits.
pub fn wav(samples: u32, sound: impl Fn(u32) -> i16) -> Vec<u8> {
    let bytes = samples * 2;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(8_000_u32.to_le_bytes());
    file.extend(16_000_u32.to_le_bytes());
    file.extend(2_u16.to_le_bytes());
    file.extend(16_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    file.extend((0..samples).flat_map(|n| sound(n).to_le_bytes()));
    file
}

#[test]
fn a_softphone_hears_the_line_and_its_keys_are_understood() {
    let line = Line::open("");
    let dir = tempfile::tempdir().unwrap();
    let mut phone = Softphone::start(dir.path());
    phone.command("dial", &format!("sip:line@{}", line.at));
    let told = phone.tells(Duration::from_secs(4));
    assert!(told.contains("CALL_ESTABLISHED"), "{told}");
    phone.command("sndcode", "1");
    phone.tells(Duration::from_secs(4));
    phone.command("hangup", "");
    phone.tells(Duration::from_secs(1));
    let states = line.ended(1)[0]["states"].as_str().unwrap().to_owned();
    assert!(states.contains("language-chosen rang-back main"), "{states}");
    phone.command("quit", "");
    phone.tells(Duration::from_millis(500));
    // What it heard, as it decoded it.
    let heard = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
    let dump = heard.into_iter().find(|path| path.to_string_lossy().ends_with("-dec.wav")).unwrap();
    let bytes = fs::read(dump).unwrap();
    let loud = bytes[44..]
        .chunks_exact(2)
        .filter(|pair| i16::from_le_bytes([pair[0], pair[1]]).unsigned_abs() > 1_000);
    assert!(loud.count() > 2_000, "speech was heard");
}
