// Before a form is taken: looks for a number with which the hash of what the page was given begins with enough zeros, and sends the
// form with it. SHA-256 as in FIPS 180-4; the browser's own answers each
// question later and by itself, which for so many short ones is a detour.

const K = new Uint32Array(64);
const FIRST = new Uint32Array(8);
{
  // The fractions of the roots of the first primes, as the standard has them.
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32);
  for (let n = 2, found = 0; found < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) FIRST[found] = fraction(Math.sqrt(n));
    K[found] = fraction(Math.cbrt(n));
    found += 1;
  }
}

const W = new Uint32Array(64);
function block(state) {
  for (let i = 16; i < 64; i += 1) {
    const a = W[i - 15], b = W[i - 2];
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// The hash of at most 119 bytes, as its first 32 bits: no more zeros are ever asked for.
const bytes = new Uint8Array(128);
const view = new DataView(bytes.buffer);
function beginning(text) {
  bytes.fill(0);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  bytes[text.length] = 0x80;
  const blocks = text.length < 56 ? 1 : 2;
  view.setUint32(blocks * 64 - 4, text.length * 8);
  const state = FIRST.slice();
  for (let n = 0; n < blocks; n += 1) {
    for (let i = 0; i < 16; i += 1) W[i] = view.getUint32(n * 64 + i * 4);
    block(state);
  }
  return state[0];
}

for (const form of document.querySelectorAll('form[data-work]')) {
  const { work, bits } = form.dataset;
  const status = form.querySelector('[role=status]');
  form.querySelector('[data-waits]').hidden = true;
  status.hidden = false;
  status.textContent = status.dataset.says;
  let n = 0;
  const look = () => {
    // A little at a time, so that the page can still be read and left.
    const until = performance.now() + 40;
    while (performance.now() < until) {
      for (let i = 0; i < 500; i += 1, n += 1) {
        if (beginning(`${work}.${n}`) >>> (32 - bits) === 0) {
          status.textContent = status.dataset.done;
          form.elements.found.value = n;
          form.submit();
          return;
        }
      }
    }
    setTimeout(look);
  };
  look();
}
