// What the tests in browsers share: browsers started afresh, pages opened from a file.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The packages lie where ALLIANCE_NODE_MODULES says, not in the repository.
const modules = process.env.ALLIANCE_NODE_MODULES ?? path.resolve('node_modules');
const require = createRequire(path.join(modules, 'x.js'));
const puppeteer = require('puppeteer-core');
export const axe = () => fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

/** The browsers there are. */
export const browsers = [['chrome', '/usr/bin/chromium'], ['firefox', '/usr/bin/firefox-esr']].filter(([, at]) => fs.existsSync(at));

export async function start([browser, executablePath]) {
  const userDataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'alliance-page-'));
  const args = browser === 'chrome' ? QUIET : [];
  const own = await puppeteer.launch({ browser, executablePath, headless: true, args, userDataDir, defaultViewport: null });
  return { own, close: async () => { await own.close(); fs.rmSync(userDataDir, { recursive: true, force: true }); } };
}

/** Opens a page from a file. What goes wrong on it is kept. */
export async function open(browser, file, rest = '') {
  const page = await browser.own.newPage();
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') page.wrong.push(message.text()); });
  await page.goto(pathToFileURL(path.resolve(file)).href + rest);
  return page;
}

/** Waits until something holds on the page. The policy of the page lets a browser do so in no other way than to ask again and again. */
export async function until(page, holds, milliseconds = 20000, ...given) {
  const last = Date.now() + milliseconds;
  while (!(await page.evaluate(holds, ...given))) {
    if (Date.now() > last) throw new Error(`waited ${milliseconds} ms for ${holds}`);
    await new Promise((go) => setTimeout(go, 20));
  }
}

/** Gives the page a size. Firefox 140 does so, and then knows nothing of an orientation. */
export async function viewport(page, width, height) {
  await page.setViewport({ width, height }).catch((why) => { if (!String(why).includes('setScreenOrientationOverride')) throw why; });
  await until(page, (width) => innerWidth === width, 5000, width);
}

/** Waits until an answer of the question asked now is there; 'settled' until no more is to come. */
export const answered = (page, how = 'first') => until(page,
  (how) => !document.body.classList.contains('stale') && document.getElementById('answer').getAttribute('aria-busy') === 'false'
    && (how === 'first' || Number(document.getElementById('state').textContent.replaceAll(',', '').match(/\d+/)?.[0]) >= how),
  120000, how);

export const text = (page, selector) => page.$eval(selector, (own) => own.textContent);
export const hash = async (page) => (await text(page, '#proof')).match(/[0-9a-f]{64}/)?.[0];

/** The results that are shown and the futures that they rest on, both of one answer. */
export const results = (page) => page.evaluate(() => ({ trials: page.answer.trials, hash: page.answer.hash }));

/** Turns the first dial by its slider. */
export const slide = (page, part, which = 0) => page.$$eval('.dial input[type=range]', (all, part, which) => {
  const own = all[which];
  own.value = String(Number(own.min) + (Number(own.max) - Number(own.min)) * part);
  own.dispatchEvent(new Event('input', { bubbles: true }));
}, part, which);

let failures = 0;
export function check(what, is, told = '') {
  if (!is) failures += 1;
  console.log(`${is ? 'ok  ' : 'FAIL'} ${what}${is ? '' : ` ${told}`}`);
}
export const done = () => { process.exitCode = failures > 0 ? 1 : 0; };
