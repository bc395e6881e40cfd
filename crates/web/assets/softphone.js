// The desk's telephone: keeps this browser connected, rings, counts. What the call is, and what is done with it, stands in
// the page and its forms.

const browser = document.getElementById('browser');

if (browser) {
  const [connect, mute, muted, sound, said] = ['connect', 'mute', 'muted', 'sound', 'phone-alert'].map((id) => document.getElementById(id));
  let stream;
  let connection;
  let tries = 0;
  let again;

  const show = (when, { button = false } = {}) => {
    voice.say(browser, when);
    connect.hidden = !button;
    mute.hidden = when !== 'on';
  };
  const setMuted = voice.muting(mute, muted, () => stream?.getAudioTracks() ?? []);

  // One window at a time has the telephone. Whoever presses the button in another takes it.
  let letGo;
  const lock = (options) => new Promise((have) => {
    if (!navigator.locks) { have(true); return; }
    navigator.locks.request('anteroom-telephone', options, (held) => {
      if (!held) { have(false); return undefined; }
      have(true);
      return new Promise((done) => { letGo = done; });
    }).catch(() => { letGo = undefined; drop(); show('elsewhere', { button: true }); });
  });

  const drop = () => {
    clearTimeout(again);
    const old = connection;
    connection = undefined;
    old?.close();
  };

  const later = () => {
    drop();
    show('lost');
    tries += 1;
    again = setTimeout(plug, Math.min(1000 * 2 ** (tries - 1), 15_000));
  };

  async function plug() {
    drop();
    if (!stream?.active) {
      show('asking');
      const found = await voice.microphone();
      if (found.why) { show(found.why, { button: true }); return; }
      stream = found.stream;
      stream.getAudioTracks()[0].onended = () => { drop(); show('no-microphone', { button: true }); };
      setMuted(mute.getAttribute('aria-pressed') === 'true');
    }
    show(tries > 0 ? 'lost' : 'connecting');
    try {
      connection = await voice.connect({
        stream,
        sound,
        ice: browser.dataset.ice,
        exchange: async (offer) => (await voice.post(browser.dataset.plug, offer, 'application/sdp')).text(),
        changed: (state) => moved(state),
      });
    } catch {
      later();
      show('failed');
    }
  }

  function moved(state) {
    clearTimeout(again);
    if (state === 'connected') { tries = 0; show('on'); }
    // A network that stutters comes back by itself; one that does not is dialled anew.
    if (state === 'disconnected') { show('lost'); again = setTimeout(later, 4000); }
    if (state === 'failed') later();
    if (state === 'closed' && connection) later();
  }

  async function start(options) {
    connect.hidden = true;
    if (!(await lock(options))) { show('elsewhere', { button: true }); return; }
    tries = 0;
    await plug();
  }

  connect.addEventListener('click', () => { bell.wake(); start({ steal: true }); });
  // A page that is loaded anew takes the call up again: it is not hung up here.
  addEventListener('pagehide', () => letGo?.());
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

  // Two tones as a telephone has them, made here: no sound is fetched, and it stops at once.
  const bell = {
    context: undefined,
    on: undefined,
    wake() {
      this.context ??= new AudioContext();
      this.context.resume().catch(() => {});
    },
    ring() {
      if (this.on) return;
      this.wake();
      const { context } = this;
      const gain = new GainNode(context, { gain: 0 });
      const tones = [440, 480].map((frequency) => new OscillatorNode(context, { frequency }));
      for (const tone of tones) tone.connect(gain).connect(context.destination);
      for (const tone of tones) tone.start();
      const beat = () => {
        const now = context.currentTime;
        gain.gain.setTargetAtTime(0.12, now, 0.02);
        gain.gain.setTargetAtTime(0, now + 1.5, 0.05);
      };
      beat();
      this.on = { tones, beat: setInterval(beat, 4000) };
    },
    hush() {
      if (!this.on) return;
      clearInterval(this.on.beat);
      for (const tone of this.on.tones) tone.stop();
      this.on = undefined;
    },
  };

  // The state of the call, from the page as it is now.
  const title = document.title;
  let before;
  function look() {
    const phone = document.querySelector('[data-phone]');
    const state = phone?.dataset.phone;
    if (state !== before) {
      if (phone.dataset.alert) {
        bell.ring();
        said.textContent = phone.dataset.alert;
        document.title = `☎ ${phone.dataset.alert}`;
      } else {
        bell.hush();
        said.textContent = '';
        document.title = title;
      }
      before = state;
    }
    // Who pressed a button that is gone now is not left nowhere; who writes or reads elsewhere is left alone.
    if (pressed && document.activeElement === document.body) document.getElementById(pressed)?.focus();
    count();
  }

  // The heading of the part in which a button was pressed last.
  let pressed;
  document.addEventListener('submit', (event) => {
    const part = event.target.closest('.phone-card');
    pressed = part?.querySelector('h2')?.id;
  }, true);
  document.addEventListener('focusin', (event) => {
    if (!event.target.closest('.phone-card')) pressed = undefined;
  });

  // Clocks go on from what the server counted.
  const began = new WeakMap();
  function count() {
    for (const clock of document.querySelectorAll('[data-elapsed], [data-left]')) {
      const down = clock.dataset.left !== undefined;
      const from = Number(down ? clock.dataset.left : clock.dataset.elapsed);
      const known = began.get(clock);
      const start = known?.from === from && known.when === clock.dateTime ? known : { from, when: clock.dateTime, at: performance.now() };
      began.set(clock, start);
      const passed = Math.floor((performance.now() - start.at) / 1000);
      const seconds = down ? Math.max(0, from - passed) : from + passed;
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      if (clock.textContent !== text) clock.textContent = text;
      // What has run out by itself looks otherwise now.
      if (down && seconds === 0 && !start.over) {
        start.over = true;
        setTimeout(() => document.getElementById('line-news')?.dispatchEvent(new CustomEvent('phone')), 300);
      }
    }
  }

  new MutationObserver(look).observe(document.getElementById('main'), { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-phone', 'data-elapsed', 'data-left', 'datetime'] });
  setInterval(count, 1000);

  look();

  // With the microphone allowed before, nobody has to press anything.
  show('off', { button: true });
  navigator.permissions?.query({ name: 'microphone' }).then(({ state }) => {
    if (state === 'granted') start({ ifAvailable: true });
  }).catch(() => {});
}
