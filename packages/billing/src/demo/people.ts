import { pick } from "./random";

export interface DemoCustomer {
  company: string;
  name: string;
  email: string;
  currency: "usd" | "eur" | "jpy";
}

const companies =
  `Alder & Oak|Bright Harbour|Cobalt Foundry|Dune Analytics|Ember Labs|Fieldnote|Granite Works|Hollow Pine
|Inkwell Press|Juniper Health|Kestrel Robotics|Lantern Street|Meridian Maps|Northlight|Opal Studios|Paperkite
|Quarry Bank|Rivermouth|Saltmarsh|Tessera|Umber Coffee|Valley Post|Willow Legal|Xylem Water
|Yarrow Gardens|Zephyr Air|Amber Freight|Birch Software|Cinder Games|Driftwood Media|Eastgate|Fernway Tools
|Gable Homes|Harrow Farms|Isle Ferries|Jasper Mills|Kiln Ceramics|Linden School|Mossy Trail|Nettle Tea`
    .replaceAll("\n", "")
    .split("|");
const given =
  "Ada Bruno Chiara Dmitri Elif Farid Greta Hiro Ines Jonas Keiko Łukasz Mina Noor Otto Priya Rosa Sven".split(
    " ",
  );
const family =
  "Abel Becker Costa Dubois Eriksen Fuchs Gallo Hansen Ito Jansen Kowalska Lindqvist Moreau Nakamura".split(
    " ",
  );

/** Forty customers, always the same for the same random source. */
export function demoCustomers(random: () => number): DemoCustomer[] {
  return companies.map((company) => {
    const first = pick(random, given);
    const domain = company.toLowerCase().replace(/[^a-z]+/g, "");
    return {
      company,
      name: `${first} ${pick(random, family)}`,
      email: `${first
        .normalize("NFD")
        .replace("Ł", "L")
        .replace(/[^A-Za-z]/g, "")
        .toLowerCase()}@${domain}.example`,
      currency: pick(random, ["usd", "usd", "eur", "eur", "jpy"] as const),
    };
  });
}
