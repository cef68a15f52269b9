// What the browser tests share: Chromium, a page that writes down everything that went wrong on it,
// and what is asked of every page: nothing on the console, nothing refused by the content security
// policy, nothing serious found by axe, no layout shift after the data came, no sideways scrolling.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const screens = process.env.HUILU_SCREENS ?? `${root}build/screens`;

export const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
};

export function launch() {
  return chromium.launch({
    executablePath: process.env.HUILU_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--font-render-hinting=none'],
  });
}

// Pointer and submitting key events from now on, as a person makes them, in `window.made`.
export function countEvents(page) {
  return page.evaluate(() => {
    window.made = 0;
    document.addEventListener('pointerdown', () => (window.made += 1), true);
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') window.made += 1;
    }, true);
  });
}

const shifts = () => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.shifted += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

// Two frames: what follows from an event or an answer has been drawn, or has asked for more.
const twoFrames = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

// A signed-in visitor in one size and language.
export class Visitor {
  static async arrive(browser, url, { size = 'desktop', language = 'zh-CN', account, password }) {
    const context = await browser.newContext({
      viewport: sizes[size],
      locale: language,
      isMobile: size === 'phone',
      hasTouch: size === 'phone',
      acceptDownloads: true,
    });
    await context.addInitScript(shifts);
    const visitor = new Visitor(context, url, size, language);
    if (account) {
      const reply = await context.request.post(`${url}/api/v1/session`, {
        data: { account, password },
        headers: { 'sec-fetch-site': 'same-origin' },
      });
      assert.equal(reply.status(), 200, await reply.text());
    }
    visitor.page = await context.newPage();
    visitor.watch(visitor.page);
    return visitor;
  }

  constructor(context, url, size, language) {
    Object.assign(this, { context, url, size, language, wrong: [], expected: [] });
    this.asked = new Set();
  }

  watch(page) {
    this.asked.clear();
    page.on('request', (request) => this.asked.add(request));
    for (const end of ['requestfinished', 'requestfailed']) {
      page.on(end, (request) => this.asked.delete(request));
    }
    page.on('pageerror', (error) => this.wrong.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      const text = `${message.text()} ${message.location().url}`;
      if (!this.expected.some((pattern) => pattern.test(text))) {
        this.wrong.push(`${message.type()}: ${text}`);
      }
    });
  }

  async open(path) {
    await this.page.goto(this.url + path);
    await this.settled();
  }

  // What was pressed has asked, every answer is there and drawn, and nothing is drawn as bones any
  // more. Playwright's `networkidle` tells of the page's load only, not of what is asked later.
  async settled() {
    await this.page.waitForLoadState('networkidle');
    do {
      await twoFrames(this.page);
    } while (this.asked.size > 0);
    await this.page.waitForFunction(() => !document.querySelector('.bones'));
  }

  // `nothing wrong` so far, and nothing serious for who cannot see or point.
  async check(name) {
    assert.deepEqual(this.wrong, [], `${name} (${this.size}, ${this.language})`);
    const found = await this.page.evaluate(`${axe};
      axe.run(document, {resultTypes: ['violations']}).then((all) => all.violations
        .filter((one) => ['serious', 'critical'].includes(one.impact))
        .map((one) => one.id + ': ' + one.nodes[0].html.slice(0, 200)))`);
    assert.deepEqual(found, [], `${name} (${this.size}): axe`);
    // Not against innerWidth, which a phone widens to what overflows.
    const drawn = await this.page.evaluate(() => document.documentElement.scrollWidth);
    const wide = drawn - sizes[this.size].width;
    assert.ok(wide <= 0, `${name} (${this.size}): ${wide} px too wide`);
  }

  async steady(name) {
    const shifted = await this.page.evaluate(() => window.shifted);
    assert.ok(shifted < 0.1, `${name} (${this.size}): layout shift ${shifted}`);
  }

  async shot(name) {
    mkdirSync(screens, { recursive: true });
    const path = `${screens}/${name}.${this.size}.${this.language}.png`;
    await this.page.screenshot({ path });
  }

  close() {
    return this.context.close();
  }
}
