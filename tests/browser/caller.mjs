// A telephone for tests: calls the line by SIP (RFC 3261) and RTP, says one tone without a pause, presses keys (RFC 4733), and
// knows which tones it hears. One call at a time, over UDP, as a trunk at the same machine would bring it.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const RATE = 8000;
const FRAME = 160;
/** How much of what was heard is looked at, in samples. */
const LOOK = 4000;

const bound = async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
};

/** A port of this machine that nobody has this moment. */
export async function freePort() {
  const socket = await bound();
  const { port } = socket.address();
  socket.close();
  return port;
}

/** One sample as G.711 μ-law. */
function compress(sample) {
  const sign = sample < 0 ? 0x80 : 0;
  const value = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = Math.floor(Math.log2(value)) - 7;
  return ~(sign | (exponent << 4) | ((value >> (exponent + 3)) & 15)) & 255;
}

/** And back. */
function expand(byte) {
  const code = ~byte & 255;
  const value = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
  return code & 0x80 ? -value : value;
}

/** How strong a frequency is in these samples, as an amplitude (Goertzel). */
function strength(samples, frequency) {
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / RATE);
  let [one, two] = [0, 0];
  for (const sample of samples) [one, two] = [sample + factor * one - two, one];
  return (2 * Math.sqrt(Math.max(0, one * one + two * two - factor * one * two))) / samples.length;
}

/**
 * Calls the line.
 *
 * @param {string} to where it is listened, as `127.0.0.1:5060`
 * @param {{ from?: string, tone?: number }} options the caller's number, and the tone that they say, in hertz
 */
export async function dial(to, { from = '+12025550143', tone = 700 } = {}) {
  const [host, port] = to.split(':');
  const [sip, rtp] = await Promise.all([bound(), bound()]);
  const [here, id] = [`127.0.0.1:${sip.address().port}`, `${process.pid}-${Math.random().toString(36).slice(2)}`];
  const own = `<sip:${from}@127.0.0.1>;tag=${id}`;
  let [there, uri, far, over] = [`<sip:line@${to}>`, `sip:line@${to}`, undefined, false];

  const send = (text) => { if (!over) sip.send(text.replaceAll('\n', '\r\n'), Number(port), host); };
  const request = (method, number, body = '') => `${method} ${uri} SIP/2.0
Via: SIP/2.0/UDP ${here};branch=z9hG4bK${id}${method}${number};rport
Max-Forwards: 70
From: ${own}
To: ${there}
Call-ID: ${id}
CSeq: ${number} ${method}
Contact: <sip:${from}@${here}>
${body ? 'Content-Type: application/sdp\n' : ''}Content-Length: ${Buffer.byteLength(body.replaceAll('\n', '\r\n'))}

${body}`;
  const offer = `v=0
o=- 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio ${rtp.address().port} RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
`;
  const field = (text, name) => new RegExp(`^${name}:\\s*(.*)$`, 'mi').exec(text)?.[1].trim();
  const invite = request('INVITE', 1, offer);

  let answered;
  let ended;
  const answer = new Promise((resolve, reject) => { answered = { resolve, reject }; });
  const end = new Promise((resolve) => { ended = resolve; });
  sip.on('message', (data) => {
    const text = data.toString().replaceAll('\r', '');
    const status = Number(/^SIP\/2\.0 (\d+)/.exec(text)?.[1]);
    if (!status) {
      // Whatever is asked within the call is granted; a goodbye ends it.
      const echo = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${field(text, name)}`).join('\n');
      if (!text.startsWith('ACK')) send(`SIP/2.0 200 OK\n${echo}\nContact: <sip:${from}@${here}>\nContent-Length: 0\n\n`);
      if (text.startsWith('BYE')) ended();
      return;
    }
    if (!field(text, 'CSeq')?.endsWith('INVITE') || status < 200) return;
    if (status >= 300) { answered.reject(new Error(`the line answers ${status}`)); return; }
    there = field(text, 'To');
    uri = /<([^>]+)>/.exec(field(text, 'Contact'))?.[1] ?? uri;
    far = { host: /^c=IN IP4 (\S+)/m.exec(text)[1], port: Number(/^m=audio (\d+)/m.exec(text)[1]) };
    send(request('ACK', 1));
    answered.resolve();
  });
  const again = setInterval(() => { if (!far) send(invite); }, 500);
  send(invite);
  const late = setTimeout(() => answered.reject(new Error('the line does not answer')), 10_000);
  await answer.finally(() => { clearInterval(again); clearTimeout(late); });

  // What is heard: the newest half second.
  let heard = new Int16Array(LOOK);
  rtp.on('message', (data) => {
    if ((data[1] & 127) !== 0) return;
    const samples = Int16Array.from(data.subarray(12), expand);
    const next = new Int16Array(LOOK);
    next.set(heard.subarray(samples.length));
    next.set(samples, LOOK - samples.length);
    heard = next;
  });

  // What is said: a tone, or a key in its place.
  let [sequence, frames, keys] = [1, 0, []];
  const packet = (type, time, payload, marker) => {
    const head = Buffer.alloc(12);
    head.writeUInt8(0x80, 0);
    head.writeUInt8(type | (marker ? 0x80 : 0), 1);
    head.writeUInt16BE(sequence & 0xffff, 2);
    head.writeUInt32BE(time, 4);
    head.writeUInt32BE(0x5eed, 8);
    sequence += 1;
    rtp.send(Buffer.concat([head, payload]), far.port, far.host);
  };
  const frame = () => {
    const time = frames * FRAME;
    const key = keys[0];
    if (key) {
      key.since ??= time;
      const [lasts, done] = [time - key.since + FRAME, key.count >= 8];
      const event = Buffer.from(['0123456789*#'.indexOf(key.sign), 10 | (done ? 0x80 : 0), lasts >> 8, lasts & 255]);
      packet(101, key.since, event, key.count === 0);
      if (key.count === 10) keys = keys.slice(1);
      key.count += 1;
    } else {
      const say = (n) => compress(Math.round(8000 * Math.sin((2 * Math.PI * tone * (time + n)) / RATE)));
      packet(0, time, Buffer.from(Array.from({ length: FRAME }, (_, n) => say(n))), frames === 0);
    }
    frames += 1;
  };
  const began = performance.now();
  const saying = setInterval(() => {
    while (frames * 20 < performance.now() - began) frame();
  }, 10);

  const close = () => {
    if (over) return;
    over = true;
    clearInterval(saying);
    sip.close();
    rtp.close();
  };
  return {
    /** Presses a key. */
    press(sign) { keys = [...keys, { sign, count: 0 }]; },
    /** How strong a tone is in what is heard now: about 8000 for a tone as loud as this telephone's own. */
    hears: (frequency) => strength(heard, frequency),
    /** Resolves when the other side has hung up. */
    ended: end,
    /** Hangs up. */
    async hangUp() {
      send(request('BYE', 2));
      await new Promise((resolve) => { setTimeout(resolve, 200); });
      close();
    },
    /** Is gone without a word. */
    close,
  };
}

/** A WAV file of one tone (16 bit, 8 kHz, two seconds), as a browser's made-up microphone says it over and over. */
export function toneFile(frequency) {
  const length = RATE * 2;
  const data = Buffer.alloc(44 + length * 2);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + length * 2, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(RATE, 24);
  data.writeUInt32LE(RATE * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(length * 2, 40);
  for (let n = 0; n < length; n += 1) {
    data.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * frequency * n) / RATE)), 44 + n * 2);
  }
  return data;
}
