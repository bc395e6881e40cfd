// A demo server for a test: one that runs already (ANTEROOM_URL), or one of its own that ends with the test.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long a demo may take until it answers: it makes several weeks of people first. Milliseconds. */
const UNTIL_READY = 120_000;
/** How long it may take to stop when asked to. Milliseconds. */
const UNTIL_STOPPED = 15_000;

const running = new Set();
process.on('exit', () => running.forEach((demo) => demo.kill()));
for (const [signal, code] of [['SIGTERM', 143], ['SIGINT', 130], ['SIGHUP', 129]]) {
  process.once(signal, () => process.exit(code));
}

/**
 * Starts a demo, or attaches to the one at ANTEROOM_URL.
 *
 * @param {{ command?: string[], args?: string[], readyPath?: string }} options `command` replaces the binary at
 *   ANTEROOM_BIN; `args` come after `demo --http 127.0.0.1:0 --data DIR --sip off`.
 * @returns {Promise<{ url: string, data?: string, output: () => string, stop: () => Promise<void> }>} `url` without
 *   a slash at its end; `output` is all that the demo printed; `stop` fails when the demo does not stop cleanly.
 */
export async function startDemo({ command, args = [], readyPath = '/readyz' } = {}) {
  if (process.env.ANTEROOM_URL && !command) {
    const url = process.env.ANTEROOM_URL.replace(/\/+$/, '');
    return { url, output: () => '', stop: async () => {} };
  }
  const [program, ...first] = command ?? [process.env.ANTEROOM_BIN];
  if (!program) throw new Error('set ANTEROOM_BIN to the built anteroom, or ANTEROOM_URL to a running demo');

  const data = mkdtempSync(join(tmpdir(), 'anteroom-test-'));
  // What the line says is the same in each, and takes longer to make than all else: made once, in a folder that they share.
  const voice = process.env.ANTEROOM_VOICE;
  if (voice) {
    symlinkSync(voice, join(data, 'voice'), 'dir');
    // A folder with something in it must be a demo's.
    writeFileSync(join(data, 'made-by-the-demo'), 'anteroom demo\n');
  }
  // Tests run beside each other, and only one can have the telephone's usual port.
  const sip = args.includes('--sip') ? [] : ['--sip', 'off'];
  const child = spawn(program, [...first, 'demo', '--http', '127.0.0.1:0', '--data', data, ...sip, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => resolve(code === 0 ? 'ended' : `ended with ${signal ?? code}`));
  });
  const demo = {
    kill() {
      child.kill('SIGKILL');
      rmSync(data, { recursive: true, force: true });
    },
  };
  running.add(demo);

  const printed = new Promise((resolve) => {
    const read = (chunk) => {
      output += chunk;
      // The line must be complete: half a port is a port as well.
      const found = /(http:\/\/(?:127\.0\.0\.1|localhost):\d+)\b.*\n/.exec(output);
      if (found) resolve(found[1]);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
  });

  const fail = (what) => {
    demo.kill();
    running.delete(demo);
    throw new Error(`the demo ${what}; it said:\n${output}`);
  };
  const deadline = Date.now() + UNTIL_READY;
  const late = wait(UNTIL_READY).then(() => 'is not ready in time');
  // What comes later is for the test: a demo that is ready is not ended for having been late.
  const came = await Promise.race([printed, Promise.race([ended, late])]);
  const url = came.startsWith('http') ? came : fail(came);
  for (;;) {
    const ready = await fetch(url + readyPath).then((answer) => answer.ok, () => false);
    if (ready) break;
    if (child.exitCode !== null || child.signalCode !== null) fail(await ended);
    if (Date.now() > deadline) fail('is not ready in time');
    await wait(100);
  }

  return {
    url,
    data,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      const how = await Promise.race([ended, wait(UNTIL_STOPPED).then(() => 'did not stop when asked to')]);
      demo.kill();
      running.delete(demo);
      if (how !== 'ended') throw new Error(`the demo ${how}; it said:\n${output}`);
    },
  };
}

/**
 * The first path in a demo's tour that begins so.
 *
 * @param {{ url: string, output: () => string }} demo
 * @param {string} beginning
 */
export function pathPrinted(demo, beginning) {
  const found = demo.output().split(/\s/).map((word) => word.replace(demo.url, '')).find((word) => word.startsWith(beginning));
  if (!found) throw new Error(`the demo prints no path that begins with ${beginning}`);
  return found;
}

/** A pause that keeps no process alive. */
function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
