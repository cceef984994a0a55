// The page of `--format html` in headless Chromium: it asks for nothing, says nothing, keeps hostile text as text, works
// without scripts and by keyboard, and axe finds nothing to complain of, light and dark.
//
//   node html.mjs <chromium> <scratch folder> <page.html>...   screenshots go to the scratch folder
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [chromium, scratch, ...pages] = process.argv.slice(2);
assert.ok(pages.length > 0, "no page was given");

const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
try {
  for (const path of pages) {
    for (const scheme of ["light", "dark"]) await judge(path, scheme);
    await withoutScripts(path);
  }
} finally {
  await browser.close();
}
console.log(`html: ${pages.length} pages asked for nothing, said nothing, and axe found nothing`);

async function open(path, prepare) {
  const page = await browser.newPage();
  const noise = [];
  page.on("console", (message) => noise.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noise.push(`error: ${error}`));
  page.on("dialog", (dialog) => { noise.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  const own = pathToFileURL(path).href;
  page.on("request", (request) => { if (request.url() !== own) noise.push(`request: ${request.url()}`); });
  await page.setViewport({ width: 1280, height: 900 });
  await prepare(page);
  await page.goto(own, { waitUntil: "networkidle0" });
  return [page, noise];
}

async function judge(path, scheme) {
  const [page, noise] = await open(path, (page) => page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]));
  await page.screenshot({ path: join(scratch, `${basename(path)}-${scheme}.png`), fullPage: true });
  // What stands in the file cannot have made an element: those that do harm are not on the page at all.
  assert.equal(await page.$$eval("img, iframe, object, embed, link, base, meta[http-equiv=refresh], [onerror], [onclick], [style]", (all) => all.length), 0, path);
  assert.equal(await page.$$eval("script, style", (all) => all.length), 2, path);
  assert.equal(await page.$$eval("a[href]", (all) => all.filter((link) => !link.getAttribute("href").startsWith("#")).length), 0, path);
  assert.equal(await page.$$eval("a[href]", (all) => all.filter((link) => !document.getElementById(link.getAttribute("href").slice(1))).length), 0, "a link leads nowhere");
  const listed = await page.$$eval("#list tbody tr", (all) => all.length);
  if (listed > 0) await filters(page, listed, path);
  assert.deepEqual(noise, [], path);
  await page.evaluate(axe).catch(() => {});
  const isolated = await page.createCDPSession();
  await isolated.send("Page.setBypassCSP", { enabled: true });
  await page.reload({ waitUntil: "networkidle0" });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = violations.map((found) => `${found.id}: ${found.help}\n    ${found.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join("\n    ")}`);
  assert.deepEqual(told, [], `${path} (${scheme})`);
  await page.close();
}

// The filter by keyboard alone: the fields are reached by Tab, and what they leave is said.
async function filters(page, listed, path) {
  const shown = () => page.$$eval("#list tbody tr", (all) => all.filter((row) => !row.hidden).length);
  const focused = () => page.evaluate(() => document.activeElement.id);
  for (let steps = 0; (await focused()) !== "search"; steps += 1) {
    assert.ok(steps < 400, `${path}: the search field is not reached by keyboard`);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("no row of any report says this");
  assert.equal(await shown(), 0, path);
  assert.equal(await page.$eval("#matches", (matches) => matches.textContent), `0 of ${listed} findings`);
  await page.$eval("#search", (search) => { search.value = ""; search.dispatchEvent(new Event("input", { bubbles: true })); });
  const severity = await page.$eval("#list tbody tr", (row) => row.dataset.severity);
  await page.select("#severity", severity);
  assert.ok((await shown()) > 0, path);
  assert.equal(await page.$$eval("#list tbody tr", (all, wanted) => all.filter((row) => !row.hidden && row.dataset.severity !== wanted).length, severity), 0);
  await page.select("#severity", "");
  assert.equal(await shown(), listed, path);
}

async function withoutScripts(path) {
  const [page, noise] = await open(path, (page) => page.setJavaScriptEnabled(false));
  const visible = await page.$$eval("main section", (all) => all.filter((section) => section.getBoundingClientRect().height > 0).length);
  assert.ok(visible > 0, `${path}: nothing is seen without scripts`);
  assert.equal(await page.$$eval(".filter", (all) => all.every((form) => form.hidden)), true, "a filter that does nothing is shown");
  assert.deepEqual(noise, [], `${path} without scripts`);
  await page.close();
}
