// How long an answer takes: from a change to the first figures and to settled ones, median and 95th percentile of many changes.
// node bench.mjs PAGE.html [CHANGES] [WORKERS]
import { answered, browsers, open, start } from './drive.mjs';

const [file, count = '40', workers = '2'] = process.argv.slice(2);
for (const browser of browsers) {
  const own = await start(browser);
  const page = await open(own, file, `?workers=${workers}`);
  await answered(page, 20000);
  const times = await page.evaluate(async (count) => {
    const found = { first: [], settled: [] };
    const dials = Array.from(document.querySelectorAll('.dial input[type=range]'));
    for (let k = 0; k < count; k += 1) {
      const range = dials[k % dials.length];
      range.value = String(Number(range.min) + (Number(range.max) - Number(range.min)) * (0.25 + 0.5 * ((k * 0.618) % 1)));
      const began = performance.now();
      range.dispatchEvent(new Event('input', { bubbles: true }));
      const until = (trials) => new Promise((go) => {
        const look = () => {
          const there = !document.body.classList.contains('stale') && page.answer.trials >= trials;
          if (there) go(performance.now() - began); else setTimeout(look, 1);
        };
        look();
      });
      found.first.push(await until(2048));
      found.settled.push(await until(20000));
      document.getElementById('reset').click();
      await until(2048);
    }
    return found;
  }, Number(count));
  for (const [what, all] of Object.entries(times)) {
    all.sort((a, b) => a - b);
    const at = (p) => all[Math.min(all.length - 1, Math.floor(p * all.length))].toFixed(0);
    console.log(`${browser[0]}, ${workers} workers, ${what} figures: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, ${all.length} changes`);
  }
  await own.close();
}
