// Speaking through the browser: the microphone, the connection, what it says of itself. Used by the desk and by the public
// page.

const voice = {
  /** Shows the one sentence that is true now. */
  say(root, when) {
    for (const said of root.querySelectorAll('[data-when]')) said.hidden = said.dataset.when !== when;
  },

  /** The microphone, or the name of the sentence that says why not. */
  async microphone() {
    if (!navigator.mediaDevices?.getUserMedia || !globalThis.RTCPeerConnection) return { why: 'insecure' };
    try {
      const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
      return { stream: await navigator.mediaDevices.getUserMedia({ audio }) };
    } catch (error) {
      return { why: ['NotFoundError', 'OverconstrainedError', 'NotReadableError'].includes(error.name) ? 'no-microphone' : 'denied' };
    }
  },

  /**
   * Connects a microphone with the server: the offer is given to `exchange`, which fetches the answer. `changed` is told
   * the connection's state. What a telephone has is preferred, so that nothing is coded twice on the way.
   */
  async connect({ stream, sound, ice, exchange, changed }) {
    const connection = new RTCPeerConnection({ iceServers: JSON.parse(ice || '[]') });
    try {
      connection.onconnectionstatechange = () => changed(connection.connectionState);
      connection.ontrack = ({ track, streams }) => {
        sound.srcObject = streams[0] ?? new MediaStream([track]);
        sound.play().catch(() => {});
      };
      const [track] = stream.getAudioTracks();
      const leg = connection.addTransceiver(track, { direction: 'sendrecv', streams: [stream] });
      const wanted = ['audio/pcmu', 'audio/pcma', 'audio/telephone-event'];
      const known = RTCRtpReceiver.getCapabilities?.('audio')?.codecs ?? [];
      const telephone = known.filter((codec) => wanted.includes(codec.mimeType.toLowerCase()));
      telephone.sort((a, b) => wanted.indexOf(a.mimeType.toLowerCase()) - wanted.indexOf(b.mimeType.toLowerCase()));
      if (telephone.length > 0) leg.setCodecPreferences?.(telephone);
      await connection.setLocalDescription(await connection.createOffer());
      await voice.gathered(connection);
      const sdp = await exchange(connection.localDescription.sdp);
      await connection.setRemoteDescription({ type: 'answer', sdp });
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  },

  /** Until every way to this browser is known, a second at most: the server learns later ones by being called on them. */
  gathered(connection) {
    return new Promise((done) => {
      const look = () => { if (connection.iceGatheringState === 'complete') done(); };
      connection.addEventListener('icegatheringstatechange', look);
      setTimeout(done, 1000);
      look();
    });
  },

  /** Lets a button mute and open the microphone. */
  muting(button, note, tracks) {
    const show = (muted) => {
      for (const track of tracks()) track.enabled = !muted;
      button.setAttribute('aria-pressed', String(muted));
      note.hidden = !muted;
    };
    button.addEventListener('click', () => show(button.getAttribute('aria-pressed') !== 'true'));
    return show;
  },

  /** Asks the server; a refusal is an error with its status and, in plain text, its code. */
  async post(to, body, type) {
    const answer = await fetch(to, { method: 'POST', body, headers: { 'content-type': type } });
    if (!answer.ok || answer.redirected) throw Object.assign(new Error('refused'), { status: answer.status });
    return answer;
  },
};
