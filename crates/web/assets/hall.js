// The bell of the call display: two tones whenever a ticket is called, or called again. A browser lets a page make sound only
// after somebody has asked for it, once for each time the page is opened.
const button = document.getElementById('hall-sound');
let sound;

function bell() {
  if (!sound) return;
  for (const [hertz, after] of [[880, 0], [660, 0.35]]) {
    const tone = sound.createOscillator();
    const level = sound.createGain();
    const at = sound.currentTime + after;
    tone.frequency.value = hertz;
    level.gain.setValueAtTime(0.0001, at);
    level.gain.exponentialRampToValueAtTime(0.4, at + 0.03);
    level.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
    tone.connect(level).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.65);
  }
  document.documentElement.dataset.rang = String(Number(document.documentElement.dataset.rang ?? 0) + 1);
}

button.hidden = false;
button.addEventListener('click', () => {
  sound ??= new AudioContext();
  sound.resume();
  button.textContent = button.dataset.on;
  bell();
});

let latest = document.getElementById('hall').dataset.latest;
new MutationObserver(() => {
  const now = document.getElementById('hall')?.dataset.latest;
  if (now === undefined || now === latest) return;
  latest = now;
  if (now) bell();
}).observe(document.querySelector('main'), { subtree: true, childList: true, attributes: true, attributeFilter: ['data-latest'] });
