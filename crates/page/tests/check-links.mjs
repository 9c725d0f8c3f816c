// Links: opened elsewhere, with another scenario beneath them, between scenarios, damaged.
import path from 'node:path';
import zlib from 'node:zlib';
import { execFileSync } from 'node:child_process';
import { answered, check, open, results, slide, start, text, until } from './drive.mjs';

const settled = (page) => answered(page, 20000);
const told = (page) => page.$eval('#notice', (own) => (own.hidden ? '' : own.textContent));
const unpacked = (address) => JSON.parse(zlib.inflateRawSync(Buffer.from(address.slice(3), 'base64url')));
const packed = (link) => `#q=${zlib.deflateRawSync(JSON.stringify(link)).toString('base64url')}`;

/** The address of what is shown, once it is that. */
async function address(page) {
  await settled(page);
  await page.evaluate(() => keepAddress());
  return page.evaluate(() => location.hash);
}

/** Follows a link on a page that is open. */
async function follow(page, link) {
  let base = '';
  try { ({ base } = unpacked(link)); } catch { /* It is damaged. */ }
  await page.evaluate((link) => { location.hash = link; }, link);
  await until(page, (packed) => page.link?.base === packed || document.getElementById('notice').textContent.includes('damaged'), 20000, base);
}

/** Opens a page in a profile of its own. */
async function elsewhere(browser, file, rest, look) {
  const own = await start(browser);
  try {
    const page = await open(own, file, rest);
    await settled(page);
    await look(page);
    return page.wrong;
  } finally {
    await own.close();
  }
}

export async function links(browser, name, { file, scenario, alliance, out }) {
  const other = path.join(out, 'other.html');
  const two = path.join(out, 'two.html');
  const write = (...words) => execFileSync(alliance, ['page', ...words, '--replace'], { stdio: 'ignore' });
  write(scenario, '--set', 'economy.pay_share=0.7', '--out', other);
  write(scenario, path.join(path.dirname(scenario), 'standalone.toml'), '--out', two);
  let link = '';
  await elsewhere(browser, file, '', async (page) => {
    await slide(page, 0.9);
    link = await address(page);
  });
  await elsewhere(browser, file, link, async (page) => {
    await answered(page, unpacked(link).trials);
    check(`${name}: a link opened elsewhere gives the same results, and says so`, (await told(page)).includes('These are the figures that were sent'), await told(page));
    await answered(page, 100000);
    check(`${name}: and says so still when there are more`, (await told(page)).includes(`${unpacked(link).trials.toLocaleString('en-GB')} futures`) && (await results(page)).hash !== unpacked(link).results, await told(page));
  });
  await elsewhere(browser, other, link, async (page) => {
    await answered(page, unpacked(link).trials);
    const said = await told(page);
    check(`${name}: with another scenario the figures are said to be others`, said.includes('not the figures that were sent') && said.includes('another scenario'), said);
    await slide(page, 0.5, 1);
    check(`${name}: until something is changed`, (await told(page)) === '', await told(page));
  });
  const damages = { 'cut off': link.slice(0, 40), 'no turn': packed({ ...unpacked(link), turns: [null] }), 'no number': packed({ ...unpacked(link), turns: [{ fix: { key: 'years', to: 'x' } }] }),
    'no view': packed({ ...unpacked(link), view: 'toString' }), 'no text': '#q=%%%' };
  const wrong = await elsewhere(browser, file, '?workers=2.5', async (page) => {
    check(`${name}: half a worker is no number of workers`, await page.evaluate(() => Number.isInteger(page.pool.workers)));
    for (const [what, damaged] of Object.entries(damages)) {
      await follow(page, damaged);
      await until(page, () => document.getElementById('notice').textContent.includes('damaged'), 5000).catch(() => {});
      check(`${name}: a link with damage is told: ${what}`, (await told(page)).includes('damaged'), await told(page));
      await slide(page, 0.8);
      await settled(page);
      check(`${name}: and the page goes on`, (await told(page)) === '' && await page.evaluate(() => page.asked.turns.length === 1), await told(page));
      await page.click('#reset');
    }
    await follow(page, packed({ ...unpacked(link), turns: [], view: 'compare' }));
    await settled(page);
    check(`${name}: a link to scenarios side by side shows one where there is but one`, await page.evaluate(() => page.asked.view === 'answer'), await told(page));
    await follow(page, packed({ ...unpacked(link), turns: [{ fix: { key: 'no.such.number', to: 1 } }] }));
    await until(page, () => document.getElementById('notice').textContent.includes('cannot be worked out'), 20000);
    await page.click('#changes button');
    await settled(page);
    check(`${name}: a change that a scenario does not know can be taken back`, !(await told(page)).includes('cannot'), await told(page));
  });
  check(`${name}: and no error is met`, wrong.length === 0, wrong.join('\n'));
  await elsewhere(browser, two, '', async (page) => {
    const [first] = [await address(page)];
    const keys = () => page.$$eval('.dial', (all) => all.map((own) => own.dataset.key));
    const before = await keys();
    await page.select('#scenario', '1');
    await settled(page);
    const second = await address(page);
    const after = await keys();
    await follow(page, first);
    await settled(page);
    check(`${name}: a link to the first scenario brings its dials back`, String(await keys()) === String(before) && String(before) !== String(after) && await page.$eval('#scenario', (own) => own.value === '0'));
    await follow(page, second);
    await settled(page);
    check(`${name}: and one to the second its own`, String(await keys()) === String(after));
    await page.$$eval('#views button', (all) => all.find((own) => own.textContent.includes('side by side')).click());
    await settled(page);
    check(`${name}: scenarios side by side`, (await text(page, '#answer')).length > 0 && await page.evaluate(() => page.answer.trials >= 20000));
  });
}
