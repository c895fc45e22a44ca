import seeds from './seeds.json';

/** Seeds that once found a fault; each run begins with them. */
export function keptSeeds(campaign: string): number[] {
  return seeds.filter((kept) => kept.campaign === campaign).map(({ seed }) => seed);
}
