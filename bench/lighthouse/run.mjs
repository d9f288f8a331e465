// `make lighthouse`: what Lighthouse says of the help centre of a product that runs on this machine (PORT), one line a
// page. Exits with 1 when a category is below 95.

import { writeFileSync, mkdirSync } from "node:fs";
import lighthouse, { desktopConfig } from "lighthouse";
import * as chromeLauncher from "chrome-launcher";

const LEAST = 95;
const site = `http://127.0.0.1:${process.env.PORT ?? 8000}`;
const words = { en: "board split", ar: "تشقق اللوح" };
const categories = ["performance", "accessibility", "best-practices", "seo"];
// Debian's sandbox needs a user namespace that containers lack.
const switches = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];

async function pages(lang) {
  const results = `/${lang}/search?q=${encodeURIComponent(words[lang])}`;
  const found = (await (await fetch(site + results)).text()).match(new RegExp(`href="(/${lang}/articles/[^"]+)"`));
  return { home: `/${lang}/`, article: found[1], results };
}

// A machine that is busy with something else may show Lighthouse no page in time; it is asked once more.
async function judge(address, config) {
  const asked = { port: chrome.port, onlyCategories: categories };
  const { lhr } = await lighthouse(address, asked, config);
  return categories.every((one) => lhr.categories[one].score) ? lhr : (await lighthouse(address, asked, config)).lhr;
}

const chrome = await chromeLauncher.launch({ chromePath: process.env.CHROME_PATH, chromeFlags: switches });
let worst = 100;
mkdirSync("../../artefacts/lighthouse", { recursive: true });
for (const lang of ["en", "ar"]) {
  for (const [name, path] of Object.entries(await pages(lang))) {
    for (const [screen, config] of [["phone", undefined], ["desk", desktopConfig]]) {
      const lhr = await judge(site + path, config);
      const scores = Object.fromEntries(categories.map((one) => [one, Math.round(lhr.categories[one].score * 100)]));
      worst = Math.min(worst, ...Object.values(scores));
      const shown = (id) => lhr.audits[id].displayValue?.replace(" ", " ");
      console.log(JSON.stringify({ page: `${name}.${lang}`, screen, ...scores, lcp: shown("largest-contentful-paint"), cls: shown("cumulative-layout-shift") }));
      const failed = Object.values(lhr.audits).filter((one) => one.score !== null && one.score < 0.9 && !["informative", "notApplicable", "manual"].includes(one.scoreDisplayMode));
      writeFileSync(`../../artefacts/lighthouse/${name}.${lang}.${screen}.json`, JSON.stringify(failed.map(({ id, score, title, displayValue, details }) => ({ id, score, title, displayValue, details })), null, 1));
    }
  }
}
await chrome.kill();
process.exit(worst < LEAST ? 1 : 0);
