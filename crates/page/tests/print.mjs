// The page for a board fits on one sheet of A4. Arguments: folders that hold brief.html each.
import path from 'node:path';
import { browsers, open, start } from './drive.mjs';

const chromium = browsers.find(([browser]) => browser === 'chrome');
if (!chromium) {
  console.log('the page for a board on paper: SKIPPED, chromium is not here');
  process.exit();
}
const browser = await start(chromium);
const long = [];
for (const folder of process.argv.slice(2)) {
  const page = await open(browser, path.join(folder, 'brief.html'));
  const pdf = Buffer.from(await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
  const sheets = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
  if (sheets !== 1) long.push(`${folder}: ${sheets} sheets`);
  await page.close();
}
await browser.close();
if (long.length > 0) {
  console.error(`the page for a board does not fit on one sheet of A4:\n${long.join('\n')}`);
  process.exit(1);
}
console.log(`the page for a board: one sheet of A4 for each of ${process.argv.length - 2} scenarios`);
