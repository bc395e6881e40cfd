// A visitor's call from the browser.

const caller = document.getElementById('caller');

if (caller) {
  const [dial, hangUp, mute, muted, pad, sound] = ['dial', 'hang-up', 'mute', 'muted', 'pad', 'sound'].map((id) => document.getElementById(id));
  const form = (fields) => new URLSearchParams(fields);
  let call;

  const setMuted = voice.muting(mute, muted, () => call?.stream?.getAudioTracks() ?? []);
  const show = (when) => {
    voice.say(caller, when);
    const up = Boolean(call);
    dial.hidden = up;
    for (const part of [hangUp, mute, pad]) part.hidden = !up;
  };

  /** Lets everything of a call go. */
  function end(mine, when) {
    if (call !== mine) return;
    const focused = [hangUp, mute].includes(document.activeElement) || pad.contains(document.activeElement);
    call = undefined;
    setMuted(false);
    for (const track of mine.stream?.getTracks() ?? []) track.stop();
    mine.connection?.close();
    mine.news?.abort();
    show(when);
    if (focused) dial.focus();
  }

  dial.addEventListener('click', async () => {
    const mine = {};
    call = mine;
    show('asking');
    const found = await voice.microphone();
    if (call !== mine) { for (const track of found.stream?.getTracks() ?? []) track.stop(); return; }
    if (found.why) { end(mine, found.why); return; }
    mine.stream = found.stream;
    show('connecting');
    hangUp.focus();
    try {
      const connection = await voice.connect({
        stream: mine.stream,
        sound,
        ice: caller.dataset.ice,
        exchange: async (offer) => {
          const { answer, token } = await (await voice.post(caller.dataset.offer, offer, 'application/sdp')).json();
          mine.token = token;
          return answer;
        },
        changed: (state) => { if (state === 'failed' || state === 'closed') gone(mine, 'failed'); },
      });
      if (call !== mine) { connection.close(); leave(mine); return; }
      mine.connection = connection;
      follow(mine);
    } catch (error) {
      gone(mine, error.status === 429 ? 'too-many' : 'failed');
    }
  });

  function leave(mine) {
    // Also when the page is left: what is sent then still arrives.
    if (mine.token) navigator.sendBeacon(caller.dataset.hangUp, form({ token: mine.token }));
    mine.token = undefined;
  }

  function gone(mine, when) {
    leave(mine);
    end(mine, when);
  }

  /** Follows what becomes of the call. */
  async function follow(mine) {
    mine.news = new AbortController();
    let ended = false;
    for (let tries = 0; call === mine && !ended && tries < 5; tries += 1) {
      try {
        const answer = await fetch(caller.dataset.news, { method: 'POST', body: form({ token: mine.token }), signal: mine.news.signal });
        if (answer.status === 404) break;
        if (!answer.ok) throw new Error('refused');
        let rest = '';
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let read = await reader.read(); !read.done; read = await reader.read()) {
          tries = 0;
          const lines = (rest + read.value).split('\n');
          rest = lines.pop();
          for (const line of lines) {
            const state = /^data: ?(.+)$/.exec(line)?.[1];
            if (state === 'over') ended = true;
            else if (state && call === mine) show(state);
          }
          if (ended) break;
        }
      } catch {
        if (call !== mine) return;
      }
      if (!ended) await new Promise((done) => { setTimeout(done, 1000); });
    }
    mine.token = undefined;
    end(mine, 'over');
  }

  hangUp.addEventListener('click', () => { if (call) gone(call, 'over'); });
  addEventListener('pagehide', () => { if (call) gone(call, 'over'); });

  async function press(key) {
    if (!call?.token) return;
    await voice.post(caller.dataset.keys, form({ token: call.token, keys: key }), 'application/x-www-form-urlencoded').catch(() => {});
  }
  pad.addEventListener('click', (event) => {
    const key = event.target.closest('[data-key]')?.dataset.key;
    if (key) press(key);
  });
  // The keyboard's digits are keys as well, wherever the focus is on this page.
  addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select') || event.ctrlKey || event.altKey || event.metaKey;
    if (call?.token && !typing && /^[0-9*#]$/.test(event.key)) press(event.key);
  });

  show('ready');
}
