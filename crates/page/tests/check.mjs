// The page in real browsers: opened from a file, dials turned, links followed, files dropped, a worker killed.
// node check.mjs PAGE.html SCENARIO.toml ALLIANCE [FOLDER for screenshots]
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { answered, axe, browsers, check, done, hash, open, results, slide, start, text, until, viewport } from './drive.mjs';
import { files } from './check-files.mjs';
import { links } from './check-links.mjs';
import { workers } from './check-workers.mjs';

const [file, scenario, alliance, pictures] = process.argv.slice(2);
const sha = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');
const settled = (page) => answered(page, 20000);
const out = fs.mkdtempSync(path.join(os.tmpdir(), 'alliance-check-'));
const folder = path.dirname(path.resolve(scenario));

/** What the command line prints for a number of futures. */
const native = (words, trials) => sha(execFileSync(path.resolve(alliance), [...words, '--trials', trials, '--format', 'json', '--no-charts', '--out', out, '--replace'],
  { cwd: folder, maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] }));

/** What of the page breaks WCAG 2.2 AA. */
async function accessible(page, name, where) {
  await page.evaluate(axe());
  const found = await page.evaluate(async () => {
    const run = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return run.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join('; ')}`);
  });
  check(`${name}: ${where} breaks no rule of WCAG 2.2 AA that a program can check`, found.length === 0, found.join('\n'));
}

/** The answers of the page, at 20,000 futures and at as many as it goes on to, beside those of the command line. */
async function same(page, name, what, words) {
  await settled(page);
  const now = await results(page);
  check(`${name}: ${what}, results are those of the command line`, now.hash === native(words, now.trials), `${now.hash} after ${now.trials}`);
  return now;
}

/** Dials turned, told, undone, and sent as a commission. */
async function dials(page, name) {
  const base = await same(page, name, 'as written', ['run', path.basename(scenario)]);
  await accessible(page, name, 'the page as it opens');
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-wide.png`) });

  await slide(page, 0.9);
  check(`${name}: an answer from before a change is not shown as current`, await page.$eval('body', (body) => body.classList.contains('stale')));
  await answered(page);
  check(`${name}: figures follow the dial`, (await hash(page)) !== base.hash);
  await settled(page);
  const words = await text(page, '#changes li');
  check(`${name}: the change is told in words`, words.includes('→'), words);
  await accessible(page, name, 'the page with a change');
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-changed.png`), fullPage: true });

  const texts = await page.evaluate(() => page.understood.changes.map((own) => own.text));
  await same(page, name, 'with a change', ['what-if', path.basename(scenario), ...texts.flatMap((own) => ['--set', own])]);
  const beside = path.join(folder, `.commission-${process.pid}.toml`);
  fs.writeFileSync(beside, await page.evaluate(() => page.pool.do(EXPORT, 'commission')));
  try {
    await same(page, name, 'as a commission', ['what-if', path.basename(beside)]);
  } finally {
    fs.rmSync(beside);
  }
  await page.click('#undo');
  await same(page, name, 'undone', ['run', path.basename(scenario)]);

  // Touched and put back, by hand and by its buttons.
  const start = await page.$$eval('.dial input[type=range]', (all) => all.map((own) => [own.value, own.min, own.max]));
  for (const which of start.keys()) {
    await slide(page, 0.7, which);
    await page.$$eval('.dial input[type=range]', (all, which, value) => {
      all[which].value = value;
      all[which].dispatchEvent(new Event('input', { bubbles: true }));
    }, which, start[which][0]);
  }
  const left = await page.evaluate(() => page.asked.turns.length);
  check(`${name}: dials put back at their starts are no change`, left === 0, `${left} are left`);
  await page.$$eval('.dial .row button', (all) => {
    all.filter((own) => own.textContent === 'narrower').forEach((own) => own.click());
    all.filter((own) => own.textContent === 'wider').forEach((own) => own.click());
  });
  check(`${name}: nor are dials made narrower and as wide again`, await page.evaluate(() => page.asked.turns.length === 0));
  await same(page, name, 'all put back', ['run', path.basename(scenario)]);
}

/** Two hundred fast movements: the last one counts, and memory stays. */
async function movements(page, name) {
  const used = () => page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
  const before = await used();
  const moved = await page.evaluate(async () => {
    const range = document.querySelector('.dial input[type=range]');
    for (let k = 0; k <= 200; k += 1) {
      range.value = String(Number(range.min) + (Number(range.max) - Number(range.min)) * (0.2 + (0.6 * (k % 100)) / 100));
      range.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((go) => setTimeout(go, 5));
    }
    return range.value;
  });
  await settled(page);
  const asked = await page.evaluate(() => page.asked.turns[0].move?.to ?? page.asked.turns[0].fix.to);
  check(`${name}: of 200 fast movements the last one counts`, String(asked) === moved, `${asked} ${moved}`);
  check(`${name}: and memory stays`, (await used()) - before < 50e6, `${before} before, ${await used()} now`);
  const [words, told] = await page.evaluate(() => [page.understood.changes.map((own) => own.text), page.asked.turns.length]);
  check(`${name}: and what is shown is what was asked`, words.length === told && (await results(page)).hash
    === native(['what-if', path.basename(scenario), ...words.flatMap((own) => ['--set', own])], (await results(page)).trials));
  await page.click('#reset');
}

/** A lever that cannot be worked out says so where it stands. */
async function levers(page, name) {
  await page.$eval('#levers input', (own) => { own.value = 'many'; own.dispatchEvent(new Event('change', { bubbles: true })); });
  await until(page, () => document.querySelector('#levers .wrong:not([hidden])') !== null, 20000);
  const said = await text(page, '#levers .wrong:not([hidden])');
  check(`${name}: a lever says what is wrong with it, and names no command line`, said.includes('cannot be worked out') && !said.includes('command line'), said);
  await accessible(page, name, 'the page with a wrong lever');
  await page.click('#undo');
  await settled(page);
  check(`${name}: and nothing once it is undone`, (await page.$('#levers .wrong:not([hidden])')) === null);
}

/** Foreign text stays text. */
async function hostile(own, name) {
  const at = path.join(out, 'hostile.html');
  const title = '</title></script><script>window.hit = 1</script><img src=x onerror="window.hit = 1">&lt;{{script}}';
  execFileSync(alliance, ['page', scenario, '--set', `title=${JSON.stringify(title)}`, '--out', at, '--replace'], { stdio: 'ignore' });
  const foreign = await open(own, at);
  await settled(foreign);
  const harmed = await foreign.evaluate(() => window.hit !== undefined || document.querySelector('img') !== null);
  check(`${name}: a title that looks like a script is text`, !harmed && foreign.wrong.length === 0, foreign.wrong.join('\n'));
  await foreign.close();
}

/** On a phone nothing is cut off, and the answer stays in sight. */
async function narrow(page, name) {
  await viewport(page, 360, 760);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(`${name}: nothing is wider than a phone of 360 pixels`, wide <= 360, `${wide}`);
  await page.$eval('.dial input[type=range]', (own) => own.scrollIntoView({ block: 'center' }));
  await until(page, () => document.body.classList.contains('away'), 5000).catch(() => {});
  const line = await page.$eval('#brief', (own) => ({ top: own.getBoundingClientRect().top, shown: getComputedStyle(own).display, said: own.textContent }));
  check(`${name}: on a phone the answer stays in sight while a dial is turned`, line.top === 0 && line.shown === 'block' && /\d/.test(line.said), JSON.stringify(line));
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-dial.png`) });
  await accessible(page, name, 'the page on a phone');
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-narrow.png`), fullPage: true });
}

for (const browser of browsers) {
  const [name] = browser;
  const own = await start(browser);
  try {
    const began = Date.now();
    const page = await open(own, file);
    await viewport(page, 1440, 1000);
    await answered(page);
    console.log(`${name}: first answer ${Date.now() - began} ms after it was opened`);
    await dials(page, name);
    await movements(page, name);
    await levers(page, name);
    await page.$$eval('.dial', (all) => all[3].scrollIntoView());
    const top = await page.$eval('#answer', (own) => own.getBoundingClientRect().top);
    check(`${name}: beside the dials the answer stays in sight`, top >= 0 && top < 300, `${top}`);
    await narrow(page, name);
    await viewport(page, 1440, 1000);
    await files(page, name, accessible);
    check(`${name}: no error was met, and the policy stopped nothing`, page.wrong.length === 0, page.wrong.join('\n'));
    await page.close();
    await links(browser, name, { file, scenario, alliance, out });
    await workers(own, name, file);
    await hostile(own, name);
  } catch (why) {
    check(`${name}: the tests run to their end`, false, why.stack);
  } finally {
    await own.close();
  }
}
fs.rmSync(out, { recursive: true, force: true });
done();
