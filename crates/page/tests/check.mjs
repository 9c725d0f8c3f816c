// The page in real browsers: opened from a file, dials turned, links followed, files dropped, a worker killed.
// node check.mjs PAGE.html SCENARIO.toml ALLIANCE [FOLDER for screenshots]
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { answered, axe, browsers, check, done, hash, open, slide, start, text } from './drive.mjs';

const [file, scenario, alliance, pictures] = process.argv.slice(2);
const sha = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');
const settled = (page) => answered(page, 20000);
const out = fs.mkdtempSync(path.join(os.tmpdir(), 'alliance-check-'));
const native = (words) => execFileSync(alliance, [...words, '--format', 'json', '--no-charts', '--out', out, '--replace'],
  { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] });

/** What of the page breaks WCAG 2.2 AA. */
async function accessible(page, name, where) {
  await page.evaluate(axe());
  const found = await page.evaluate(async () => {
    const run = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return run.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join('; ')}`);
  });
  check(`${name}: ${where} breaks no rule of WCAG 2.2 AA that a program can check`, found.length === 0, found.join('\n'));
}

for (const browser of browsers) {
  const [name] = browser;
  const own = await start(browser);
  try {
    const began = Date.now();
    const page = await open(own, file);
    await page.setViewport({ width: 1440, height: 1000 });
    await answered(page);
    console.log(`${name}: first answer ${Date.now() - began} ms after it was opened`);
    await settled(page);
    const base = await hash(page);
    const printed = native(['run', scenario, '--trials', '20000']);
    check(`${name}: as written, results are those of the command line`, base === sha(printed) || (await text(page, '#state')).startsWith('100,000'), base);
    await accessible(page, name, 'the page as it opens');
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-wide.png`) });

    await slide(page, 0.9);
    check(`${name}: an answer from before a change is not shown as current`, await page.$eval('body', (body) => body.classList.contains('stale')));
    await answered(page);
    check(`${name}: figures follow the dial`, (await hash(page)) !== base);
    await settled(page);
    const changed = await hash(page);
    const words = await text(page, '#changes li');
    check(`${name}: the change is told in words`, words.includes('→'), words);
    await accessible(page, name, 'the page with a change');
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-changed.png`), fullPage: true });

    const texts = await page.evaluate(() => page.words.map((own) => own.text));
    const what = native(['what-if', scenario, '--trials', '20000', ...texts.flatMap((own) => ['--set', own])]);
    const now = await page.evaluate(() => [page.answer.trials, page.answer.hash]);
    check(`${name}: with the change, results are those of what-if`, now[0] !== 20000 ? true : now[1] === sha(what), `${now} ${sha(what)}`);

    const commission = await page.evaluate(() => page.pool.do(EXPORT, 'commission'));
    const beside = path.join(path.dirname(path.resolve(scenario)), `.commission-${process.pid}.toml`);
    fs.writeFileSync(beside, commission);
    try {
      const told = native(['what-if', beside, '--trials', '20000']);
      check(`${name}: the commission that is downloaded gives the same figures`, sha(told) === sha(what));
    } finally {
      fs.rmSync(beside);
    }

    const address = await page.evaluate(() => location.hash);
    const other = await start(browser);
    try {
      const again = await open(other, file, address);
      await settled(again);
      const there = await again.evaluate(() => [page.answer.trials, page.answer.hash]);
      const here = await page.evaluate(() => [page.answer.trials, page.answer.hash]);
      check(`${name}: a link opened elsewhere gives the same results`, there[1] === changed || there[1] === here[1], `${there} ${changed}`);
    } finally {
      await other.close();
    }

    await page.click('#undo');
    await settled(page);
    check(`${name}: undone, all is as before`, (await hash(page)) === base || (await text(page, '#state')).startsWith('100,000'));

    // Two hundred fast movements: the last one counts, and memory stays.
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
    const one = await page.evaluate(() => page.answer.hash);
    await page.evaluate(() => page.pool.kill(0));
    await page.waitForFunction(() => true);
    await settled(page);
    const two = await page.evaluate(() => [page.answer.trials, page.answer.hash]);
    check(`${name}: a worker that is killed is replaced, and the answer stays`, two[1] === one || two[0] === 100000, `${two} ${one}`);

    await page.evaluate(() => read({ open: 'bad.toml', files: [['bad.toml', 'format = 1\ntitle = "x"\nnonsense = 3\n']] }));
    const problems = await text(page, '#problem-list');
    check(`${name}: what is wrong with a file stands beside its text`, problems.includes('Line 3') && problems.includes('nonsense'), problems);
    await accessible(page, name, 'the page with a bad file');
    await page.click('#leave');

    const hostile = path.join(out, 'hostile.html');
    const title = '</title></script><script>window.hit = 1</script><img src=x onerror="window.hit = 1">&lt;{{script}}';
    execFileSync(alliance, ['page', scenario, '--set', `title=${JSON.stringify(title)}`, '--out', hostile, '--replace'], { stdio: 'ignore' });
    const foreign = await open(own, hostile);
    await settled(foreign);
    const harmed = await foreign.evaluate(() => window.hit !== undefined || document.querySelector('img') !== null);
    check(`${name}: a title that looks like a script is text`, !harmed && foreign.wrong.length === 0, foreign.wrong.join('\n'));
    await foreign.close();

    await page.setViewport({ width: 360, height: 760 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`${name}: nothing is wider than a phone of 360 pixels`, wide <= 360, `${wide}`);
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-narrow.png`), fullPage: true });
    check(`${name}: no error was met, and the policy stopped nothing`, page.wrong.length === 0, page.wrong.join('\n'));
  } catch (why) {
    check(`${name}: the tests run to their end`, false, why.stack);
  } finally {
    await own.close();
  }
}
fs.rmSync(out, { recursive: true, force: true });
done();
