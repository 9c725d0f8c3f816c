// Files that come onto the page and leave it.
'use strict';

/** @typedef {{open: string, files: [string, string][]}} Given */

/** @param {string} name @param {string} text @param {string} type */
function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  made('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Reads files; the scenario is the first one that no other names. @param {FileList} list @returns {Promise<Given>} */
async function dropped(list) {
  /** @type {[string, string][]} */
  const files = await Promise.all(Array.from(list, async (file) => /** @type {[string, string]} */ ([file.name, await file.text()])));
  const scenarios = files.filter(([name]) => name.endsWith('.toml'));
  const isNamed = (/** @type {string} */ name) => files.some(([other, text]) => other !== name && text.includes(name));
  const open = (scenarios.find(([name]) => !isNamed(name)) ?? scenarios[0] ?? files[0])?.[0] ?? '';
  return { open, files };
}

/**
 * Shows what is wrong with a file, or worth a look in one that is sound, beside its text.
 * @param {string} name @param {string} text
 * @param {{scenario: string | null, problems: {file: string, line: number, text: string, sound: boolean}[], missing: string[]}} found
 */
function showProblems(name, text, { scenario, problems, missing }) {
  element('problems').hidden = false;
  element('h-problems').textContent = scenario === null ? `What is wrong with ${name}` : `${name} is open. Worth a look in it`;
  element('missing').textContent = missing.length === 0 ? '' : `It needs ${missing.join(', ')}: drop that onto the page too.`;
  const editor = /** @type {HTMLTextAreaElement} */ (element('editor'));
  editor.value = text;
  element('problem-list').replaceChildren(...problems.map((problem) => {
    const note = problem.sound && scenario === null ? ' Worth a look:' : '';
    if (problem.file !== '') return made('li', {}, `${problem.file}${problem.line > 0 ? `, line ${problem.line}` : ''}:${note} ${problem.text}`);
    const there = made('button', { type: 'button' }, problem.line > 0 ? `Line ${problem.line}` : 'The file');
    there.addEventListener('click', () => {
      const lines = editor.value.split('\n');
      const from = lines.slice(0, Math.max(0, problem.line - 1)).reduce((sum, line) => sum + line.length + 1, 0);
      editor.focus();
      editor.setSelectionRange(from, from + (lines[problem.line - 1] ?? '').length);
    });
    return made('li', {}, there, `${note} ${problem.text}`);
  }));
  if (scenario === null) element('problems').scrollIntoView();
}
