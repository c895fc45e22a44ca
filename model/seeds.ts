import seeds from './seeds.json';

/** The seeds that once found something: run first, whatever else is run. */
export function keptSeeds(campaign: string): number[] {
  return seeds.filter((kept) => kept.campaign === campaign).map(({ seed }) => seed);
}
