import { bundleProcess } from "./fleet";
import { type Lived, live } from "./live";
import { planOf } from "./plan";
import { openWorld, type World } from "./world";

export interface CampaignOptions {
  templateUrl: string;
  seeds: readonly number[];
  /** How many histories happen beside each other, each in a world of its own. */
  lanes?: number;
  /** Of every history; short and long ones when it is left out. */
  length?: number;
  /** Built with a fault in it, by the name of the catalogue of mutants. */
  bundle?: string;
  onLived?: (lived: Lived) => void;
}

/** Lives through a history for each seed; returns those that did not end well. */
export async function runCampaign(options: CampaignOptions): Promise<Lived[]> {
  const bundle = options.bundle ?? (await bundleProcess());
  const seeds = [...options.seeds];
  const failed: Lived[] = [];
  const lane = async () => {
    let world: World | undefined;
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      world ??= await openWorld(options.templateUrl, bundle);
      await world.reset();
      const lived = await live(world, planOf(seed, options.length));
      options.onLived?.(lived);
      if (lived.problems.length === 0) continue;
      failed.push(lived);
      await world.close();
      world = undefined;
    }
    await world?.close();
  };
  await Promise.all(Array.from({ length: options.lanes ?? 2 }, lane));
  return failed;
}

export function reportOf({ seed, trace, problems }: Lived, length?: number): string {
  const again = `npm run campaign -- --seed ${seed}${length === undefined ? "" : ` --length ${length}`}`;
  return [`seed ${seed} did not end well. Repeat it with: ${again}`, ...problems, "", ...trace].join("\n");
}
