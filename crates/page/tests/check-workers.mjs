// Workers that end: while scenarios are opened, while something is done beside the question, while it is counted, for ever.
import { answered, check, open, results, until } from './drive.mjs';

const WAIT = 300;
const told = (page) => page.$eval('#notice', (own) => (own.hidden ? '' : own.textContent));

export async function workers(own, name, file) {
  const page = await open(own, file, '?workers=2');
  await answered(page, 100000);
  const { hash } = await results(page);
  // What becomes of the page when the same is asked again after something has ended.
  const again = async (what, end) => {
    await page.evaluate(end, WAIT);
    await until(page, () => document.getElementById('notice').textContent.includes('started again'), 20000);
    check(`${name}: a worker that ends ${what} is told of`, (await told(page)).includes('started again'));
    await answered(page, 100000);
    check(`${name}: and the answer is the same`, (await results(page)).hash === hash && (await told(page)) === '', `${JSON.stringify(await results(page))} ${await told(page)}`);
  };
  await again('while a question is counted', (wait) => { ask(); page.pool.kill(1, wait); });
  await again('before a question is understood', (wait) => { page.pool.kill(0, wait); ask(); });
  await again('while something else is done', (wait) => { page.pool.kill(0, wait); safely(() => board(0)); ask(); });
  check(`${name}: what was being done is done all the same`, (await page.$$('.dial')).length > 5);
  await again('while scenarios are opened', (wait) => { safely(async () => { const opened = open(page.file); page.pool.kill(0, wait); await opened; ask(); }); });

  const failed = await page.evaluate(() => page.pool.do(99, null).then(() => '', (why) => why.message));
  check(`${name}: what cannot be done is told`, failed.length > 0, failed);
  const unopened = await page.evaluate(() => page.pool.open('{"scenarios":[{}]}').then(() => '', (why) => why.message));
  check(`${name}: scenarios that cannot be opened are told`, unopened.length > 0, unopened);
  await page.evaluate(() => safely(async () => { await open(page.file); ask(); }));
  await answered(page, 100000);
  check(`${name}: and others can be opened after them`, (await results(page)).hash === hash);

  // Each time it is started, it ends.
  await page.evaluate((wait) => {
    page.pool.kill(0, wait);
    setInterval(() => page.pool.kill(0, wait), 50);
    ask();
  }, WAIT);
  await until(page, () => /Reload the page|stops at this question/.test(document.getElementById('notice').textContent), 60000);
  check(`${name}: an engine that ends every time is not started for ever`, true);
  check(`${name}: and no error went by untold`, page.wrong.length === 0, page.wrong.join('\n'));
  await page.close();
}
