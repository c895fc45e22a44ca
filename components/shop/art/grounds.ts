import type { Category } from '@/lib/shop/model';
import { circle, ellipse, type Palette } from './shapes';

/** What stands behind the products of a department: its colour and its one motif, drawn a little differently each time. */
export interface Ground {
  readonly palette: Palette;
  /** `random` gives the next number in [0, 1). */
  readonly motif: (random: () => number) => string;
}

export const GROUNDS: Record<Category, Ground> = {
  fresh: { palette: 'olive', motif: leaves },
  grocery: { palette: 'clay', motif: hills },
  home: { palette: 'clay', motif: arch },
  appliances: { palette: 'slate', motif: waves },
  digital: { palette: 'slate', motif: rings },
  apparel: { palette: 'plum', motif: stripes },
  beauty: { palette: 'rose', motif: petals },
  sports: { palette: 'teal', motif: peaks },
  baby: { palette: 'amber', motif: clouds },
  books: { palette: 'jade', motif: pages },
  virtual: { palette: 'indigo', motif: dots },
  gold: { palette: 'amber', motif: rays },
};

function leaves(random: () => number): string {
  const start = random() * 360;
  return [0, 1, 2, 3, 4].map((i) => leaf(80, 84, { length: 74, angle: start + i * 72 })).join('');
}

function leaf(x: number, y: number, { length, angle }: { length: number; angle: number }): string {
  const [tipX, tipY] = polar(x, y, { radius: length, angle });
  const [leftX, leftY] = polar(x, y, { radius: length * 0.62, angle: angle - 28 });
  const [rightX, rightY] = polar(x, y, { radius: length * 0.62, angle: angle + 28 });
  return `M${x} ${y}Q${leftX} ${leftY} ${tipX} ${tipY}Q${rightX} ${rightY} ${x} ${y}z`;
}

function hills(random: () => number): string {
  const lift = round(random() * 20);
  return `M0 ${112 - lift}C30 ${76 - lift} 62 ${84 + lift} 92 ${104 - lift}S140 ${88 - lift} 160 ${76 + lift}V160H0z`;
}

function arch(random: () => number): string {
  const width = round(96 + random() * 20);
  const left = round((160 - width) / 2);
  return `M${left} 160V${74 + round(random() * 8)}a${width / 2} ${width / 2} 0 0 1 ${width} 0V160z`;
}

function waves(random: () => number): string {
  const top = 30 + random() * 14;
  return [0, 1, 2, 3]
    .map((i) => {
      const y = round(top + i * 32);
      return `M-8 ${y}c22-18 44 18 66 0s44 18 66 0s44 18 66 0v12c-22 18-44-18-66 0s-44-18-66 0s-44-18-66 0z`;
    })
    .join('');
}

function rings(random: () => number): string {
  const x = round(64 + random() * 32);
  return `${ring(x, 76, [70, 58])}${ring(x, 76, [46, 34])}${circle(x, 76, 22)}`;
}

/** The hole is drawn the other way round, so that it stays empty. */
function ring(x: number, y: number, [outer, inner]: readonly [number, number]): string {
  return `${circle(x, y, outer)}M${x - inner} ${y}a${inner} ${inner} 0 1 1 ${2 * inner} 0a${inner} ${inner} 0 1 1 ${-2 * inner} 0z`;
}

function stripes(random: () => number): string {
  const shift = round(random() * 24);
  return [-4, -3, -2, -1, 0, 1, 2, 3]
    .map((i) => `M${i * 32 + shift} 160L${i * 32 + shift + 160} 0h14L${i * 32 + shift + 14} 160z`)
    .join('');
}

function petals(random: () => number): string {
  const start = random() * 60;
  return [0, 1, 2, 3, 4, 5]
    .map((i) => {
      const [x, y] = polar(80, 80, { radius: 36, angle: start + i * 60 });
      return circle(x, y, 30);
    })
    .join('');
}

function peaks(random: () => number): string {
  const x = round(40 + random() * 24);
  return `M0 150L${x} 52l18 22 ${round(26 + random() * 10)}-40L160 128V160H0z`;
}

function clouds(random: () => number): string {
  const left = round(random() * 20);
  return [cloud(4 + left, 52), cloud(92 - left, 36), cloud(60 + left, 108)].join('');
}

function cloud(x: number, y: number): string {
  return `M${x} ${y}h60a15 15 0 0 0-8-28a20 20 0 0 0-36-4a16 16 0 0 0-16 32z`;
}

function pages(random: () => number): string {
  const tilt = round(random() * 10);
  return `M14 ${28 + tilt}Q46 ${10 + tilt} 80 ${30}Q114 ${10 + tilt} 146 ${28 + tilt}V${130 + tilt}Q114 ${112 + tilt} 80 134Q46 ${112 + tilt} 14 ${130 + tilt}z`;
}

function dots(random: () => number): string {
  const shift = round(random() * 10);
  return [0, 1, 2, 3, 4, 5, 6]
    .flatMap((row) => [0, 1, 2, 3, 4, 5, 6].map((column) => [row, column] as const))
    .filter(([row, column]) => (row + column) % 2 === 0)
    .map(([row, column]) => circle(column * 24 + 8 + shift * 0.5, row * 24 + 8, 5))
    .join('');
}

function rays(random: () => number): string {
  const start = random() * 30;
  const sun = ellipse(80, 84, [34, 34]);
  return (
    sun +
    Array.from({ length: 12 }, (_, i) => {
      const angle = start + i * 30;
      const points = [
        polar(80, 84, { radius: 42, angle: angle - 5 }),
        polar(80, 84, { radius: 110, angle: angle - 6 }),
        polar(80, 84, { radius: 110, angle: angle + 6 }),
        polar(80, 84, { radius: 42, angle: angle + 5 }),
      ];
      return `M${points.map(([x, y]) => `${x} ${y}`).join('L')}z`;
    }).join('')
  );
}

function polar(x: number, y: number, { radius, angle }: { radius: number; angle: number }): [number, number] {
  const radians = (angle * Math.PI) / 180;
  return [round(x + radius * Math.cos(radians)), round(y + radius * Math.sin(radians))];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
