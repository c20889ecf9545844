import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureEmbeddedPostgres, removeEmbeddedPostgres } from "../../db/embedded";
import { migrate } from "../../db/migrate";
import { mutants } from "../mutants/catalog";
import { reportOf, runCampaign } from "./campaign";
import { bundleProcess } from "./fleet";

const usage = `npm run campaign -- [--seeds 10000] [--from 1] [--seed 17] [--length 30] [--lanes 2] [--mutant MU04]
  --seeds   how many histories, one for each seed from --from on
  --seed    only this one, with its trace
  --length  steps of each history; without it most have 10 and each fortieth has 100
  --lanes   histories beside each other
  --mutant  with a fault of the catalogue built in: then the campaign should fail`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "200" },
      from: { type: "string", default: "1" },
      seed: { type: "string" },
      length: { type: "string" },
      lanes: { type: "string", default: "2" },
      mutant: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.info(usage);
  const only = values.seed === undefined ? null : numberOf("seed", values.seed);
  const from = numberOf("from", values.from);
  const count = numberOf("seeds", values.seeds);
  const seeds = only === null ? Array.from({ length: count }, (_, at) => from + at) : [only];
  const length = values.length === undefined ? undefined : numberOf("length", values.length);
  const mutant = mutants.find(({ id }) => id === values.mutant) ?? null;
  if (values.mutant && !mutant) throw new Error(`there is no mutant ${values.mutant}`);
  const dataDir = join(tmpdir(), `farebox-campaign-${process.pid}`);
  try {
    const { url } = await ensureEmbeddedPostgres({ dataDir, database: "farebox_template", durable: false });
    await migrate(url);
    let lived = 0;
    const failed = await runCampaign({
      templateUrl: url,
      seeds,
      length,
      lanes: numberOf("lanes", values.lanes),
      bundle: await bundleProcess(mutant),
      onLived(history) {
        lived++;
        if (history.problems.length > 0) console.error(reportOf(history, length));
        else if (only !== null) console.info(history.trace.join("\n"));
        if (lived % 100 === 0) console.info(`${lived} of ${seeds.length} histories`);
      },
    });
    console.info(`${seeds.length} histories, ${failed.length} of them did not end well`);
    process.exitCode = failed.length > 0 ? 1 : 0;
  } finally {
    await removeEmbeddedPostgres(dataDir);
  }
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a number, and not ${text}`);
  return value;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
