// node scripts/print-total.mjs <report.json> <exit code>: the total of one JSON report, as `npm test` would count it.
import { countResults, failedTests, formatTotal } from "./test-results.mjs";

const [report = "", exitCode = "1"] = process.argv.slice(2);
const counts = countResults(report, Number(exitCode));
for (const failure of failedTests(report)) console.log(`failed: ${failure}`);
console.log(formatTotal(counts));
process.exit(counts.failed === 0 ? 0 : 1);
