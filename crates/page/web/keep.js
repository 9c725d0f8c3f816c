// What leaves the page, and scenarios that come onto it.
'use strict';

/** @param {string} text */
function done(text) {
  element('done').textContent = text;
}

/** @param {string} text @param {string} more what else is to be known of it */
async function copied(text, more) {
  try {
    await navigator.clipboard.writeText(text);
    done(`Copied. ${more}`.trim());
  } catch {
    // A page opened as a file may not write there: it is shown instead, to be copied by hand.
    done(`${text} ${more}`.trim());
  }
}

async function copyCommand() {
  const more = page.understood.needs_commission ? 'It needs commission.toml: download it and save it beside the scenario.' : '';
  await copied(await page.pool.do(EXPORT, 'command'), more);
}

async function copyLink() {
  await keepAddress();
  await copied(location.href, '');
}

/** @param {string} what @param {string} name @param {string} type */
async function leave(what, name, type) {
  download(name, await page.pool.do(EXPORT, what), type);
  done(`${name} was made.`);
}

/** Opens a scenario from files, or says what is wrong with it. @param {Given} given */
async function read(given) {
  const found = await page.pool.do(READ, given);
  const [, text] = given.files.find(([name]) => name === given.open) ?? ['', ''];
  page.given = given;
  page.missing = found.missing;
  if (found.scenario === null) return showProblems(given.open, text, found);
  element('problems').hidden = true;
  const before = page.file;
  const { commit } = JSON.parse(before);
  try {
    await open(`{"scenarios":[${found.scenario}],"commit":${JSON.stringify(commit)},"set":[],"about":[],"dials":[]}`);
  } catch (why) {
    await open(before);
    ask();
    throw why;
  }
  if (found.problems.length > 0) showProblems(given.open, text, found);
  ask();
}

/** Files that were dropped or chosen: a scenario with what it names, or what one that was opened before still lacks. @param {FileList | null} list */
async function take(list) {
  if (list === null || list.length === 0) return;
  const book = Array.from(list).find((file) => /\.(xlsx|ods|xls)$/i.test(file.name));
  if (book !== undefined) throw new Error(`${book.name} is a workbook. On the command line, alliance import makes a scenario file of it.`);
  const given = await dropped(list);
  const isMore = page.given !== null && !given.files.some(([name]) => name.endsWith('.toml') && !page.missing.includes(name));
  await read(isMore && page.given !== null ? { open: page.given.open, files: [...given.files, ...page.given.files] } : given);
}

/** Reads again what was mended on the page. */
async function again() {
  if (page.given === null) return;
  const { open: name, files } = page.given;
  const text = /** @type {HTMLTextAreaElement} */ (element('editor')).value;
  await read({ open: name, files: files.map(([own, was]) => [own, own === name ? text : was]) });
}
