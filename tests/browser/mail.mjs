// A real mail server for a test: Debian's aiosmtpd on loopback, which files what it gets in a Maildir.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)));
    socket.on('error', () => resolve(false));
  });

/**
 * @returns {Promise<{ address: string, to: Function, stop: () => Promise<void> }>} `to(address, enough)` waits until
 *   `enough` is true of the letters to an address (parsed: subject, text, calendar), and gives them in order.
 */
export async function startMailServer() {
  try {
    execFileSync('aiosmtpd', ['--version'], { stdio: 'ignore' });
  } catch {
    throw new Error('aiosmtpd is missing; install the Debian package python3-aiosmtpd');
  }
  const dir = mkdtempSync(join(tmpdir(), 'anteroom-mail-'));
  const box = join(dir, 'box');
  const port = await freePort();
  const child = spawn('aiosmtpd', ['-n', '-l', `127.0.0.1:${port}`, '-c', 'aiosmtpd.handlers.Mailbox', box], { stdio: 'ignore' });
  process.on('exit', () => child.kill('SIGKILL'));
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 100) throw new Error('aiosmtpd does not answer');
    await wait(100);
  }
  const letters = () => {
    const read = (folder) => {
      try {
        return readdirSync(join(box, folder)).map((name) => join(box, folder, name));
      } catch {
        return [];
      }
    };
    return [...read('new'), ...read('cur')].map((path) => parse(readFileSync(path, 'utf8')));
  };
  return {
    address: `127.0.0.1:${port}`,
    async to(address, enough) {
      for (let tries = 0; ; tries += 1) {
        const mine = letters().filter((m) => m.to.includes(address)).sort((a, b) => a.date - b.date);
        if (enough(mine)) return mine;
        if (tries > 100) throw new Error(`no such mail to ${address} in 20 s; there were: ${mine.map((m) => m.subject).join(', ')}`);
        await wait(200);
      }
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Enough of RFC 5322 and 2045 to read what we send ourselves, by the rules and not by chance. */
function parse(raw) {
  const { headers, body } = split(raw);
  const parts = leaves(headers, body);
  const content = (type) => parts.find((part) => part.type === type)?.content;
  return {
    to: headers.to ?? '',
    subject: headers.subject ?? '',
    date: Date.parse(headers.date),
    text: content('text/plain') ?? '',
    calendar: content('text/calendar'),
  };
}

function split(raw) {
  const text = raw.replace(/\r\n/g, '\n');
  const end = text.indexOf('\n\n');
  const head = text.slice(0, end).replace(/\n[ \t]+/g, ' ');
  const headers = {};
  for (const line of head.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] ??= line.slice(colon + 1).trim();
  }
  return { headers, body: text.slice(end + 2) };
}

function leaves(headers, body) {
  const type = (headers['content-type'] ?? 'text/plain').split(';')[0].trim().toLowerCase();
  const boundary = /boundary="?([^";]+)"?/i.exec(headers['content-type'] ?? '')?.[1];
  if (type.startsWith('multipart/') && boundary) {
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((part) => {
        const inner = split(part.replace(/^\n/, ''));
        return leaves(inner.headers, inner.body);
      });
  }
  return [{ type, content: decode(body, (headers['content-transfer-encoding'] ?? '7bit').toLowerCase()) }];
}

function decode(body, encoding) {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8').replace(/\r\n/g, '\n');
  if (encoding !== 'quoted-printable') return body;
  const bytes = [];
  const text = body.replace(/=\n/g, '');
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '=') {
      bytes.push(parseInt(text.slice(i + 1, i + 3), 16));
      i += 2;
    } else {
      bytes.push(...Buffer.from(text[i], 'utf8'));
    }
  }
  return Buffer.from(bytes).toString('utf8').replace(/\r\n/g, '\n');
}
