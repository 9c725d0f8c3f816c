// Files dropped onto the page: unsound ones, ones that need others, sound ones with something worth a look.
import { answered, check, text, until } from './drive.mjs';

const BASE = `format = 1
title = "Bare"
first_year = "2026/27"
years = 8
source = "judgement"
[[force]]
name = "A"
budget = 100
grant_share = 0.6
band_d = 200
reserves = 10
population = 500000
officers = 900
`;

/** Drops files, as a browser hands them over. */
const drop = (page, files) => page.evaluate((files) => {
  const data = new DataTransfer();
  files.forEach(([name, text]) => data.items.add(new File([text], name)));
  document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
}, files);
const shown = (page, of) => until(page, (of) => document.getElementById('problems').textContent.includes(of), 20000, of);

export async function files(page, name, accessible) {
  await drop(page, [['bad.toml', 'format = 1\ntitle = "x"\nnonsense = 3\n']]);
  await shown(page, 'nonsense');
  const problems = await text(page, '#problem-list');
  check(`${name}: what is wrong with a file stands beside its text`, problems.includes('Line 3') && problems.includes('nonsense'), problems);
  await accessible(page, name, 'the page with a bad file');
  await page.click('#leave');

  await drop(page, [['own.toml', 'extends = "../shared/base.toml"\ntitle = "Mine"\n']]);
  await shown(page, 'base.toml');
  check(`${name}: files that a scenario needs are named`, (await text(page, '#missing')).includes('base.toml'), await text(page, '#missing'));
  await drop(page, [['base.toml', BASE.replace('population = 500000', 'population = 0.5')]]);
  await until(page, () => document.getElementById('question').textContent.includes('A') && page.opened.scenarios[0].title === 'Mine', 20000);
  await answered(page, 20000);
  check(`${name}: and taken when they are dropped later`, await page.evaluate(() => page.opened.scenarios.length === 1 && page.answer.figures.length > 0));
  const look = await text(page, '#problems');
  check(`${name}: what is worth a look in a sound file is shown`, await page.$eval('#problems', (own) => !own.hidden) && look.includes('Worth a look') && look.includes('population'), look);
  await page.click('#leave');
  await drop(page, [['base.toml', BASE], ['own.toml', 'extends = "base.toml"\ntitle = "Both"\n']]);
  await until(page, () => page.opened.scenarios[0].title === 'Both', 20000);
  check(`${name}: of two scenarios the one that names the other is opened`, true);
  await drop(page, [['book.xlsx', 'PK']]);
  await until(page, () => document.getElementById('notice').textContent.includes('alliance import'), 20000);
  await answered(page, 20000);
}
