import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const args = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
];

const limitMs = 20_000;

/** Waits until `probe` answers something; says `what` when it never does. */
export async function until(what, probe) {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((next) => setTimeout(next, 25));
  }
}

export const connected = (page) => page.locator('[data-testid=connection-state][data-state=connected]').waitFor({ state: 'attached' });

/** Runs the checks of a program, and ends it: `ok …` for each, 1 for a failure. */
export async function run(checks, tidy) {
  try {
    for (const [name, check] of Object.entries(checks)) {
      await check().catch((error) => {
        console.error(`failed ${name}: ${error.stack ?? error}`);
        throw error;
      });
      console.log(`ok ${name}`);
    }
  } catch {
    process.exitCode = 1;
  } finally {
    await tidy();
  }
  // A timer of a client must not hold the process.
  process.exit();
}

/** A Chromium that keeps its profile over restarts, and can be killed. */
export class KeptChromium {
  static async start(profile) {
    const process = spawn(executablePath, [...args, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], {
      detached: true, stdio: ['ignore', 'ignore', 'pipe'],
    });
    const made = new KeptChromium();
    made.ended = once(process, 'exit');
    made.process = process;
    for await (const line of createInterface({ input: process.stderr })) {
      const address = /^DevTools listening on (\S+)/.exec(line)?.[1];
      if (address === undefined) continue;
      process.stderr.resume();
      made.browser = await chromium.connectOverCDP(address);
      made.context = made.browser.contexts()[0];
      return made;
    }
    throw new Error('Chromium does not start.');
  }

  async open(url) {
    const page = await this.context.newPage();
    page.setDefaultTimeout(limitMs);
    await page.goto(url);
    return page;
  }

  /** All its processes at once, without a warning. */
  async kill() {
    if (this.process.exitCode === null && this.process.signalCode === null) process.kill(-this.process.pid, 'SIGKILL');
    await this.ended;
  }

  /** As people close it: what it has in memory is written first. */
  async close() {
    const session = await this.browser.newBrowserCDPSession();
    await Promise.all([this.ended, session.send('Browser.close').catch(() => undefined)]);
  }
}
