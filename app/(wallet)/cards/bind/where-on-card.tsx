import { Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { SealLines } from '@/components/ui/seal';

/** Where number and password stand, as a picture and in words. */
export function WhereOnCard() {
  const t = useTranslations('wallet.bind.where');
  return (
    <Panel title={t('title')}>
      <Drawing />
      <ul className="flex flex-col gap-3 pt-3 pb-2">
        <Place mark="1" term={t('number')} text={t('numberText')} />
        <Place mark="2" term={t('password')} text={t('passwordText')} />
        <Place term={t('electronic')} text={t('electronicText')} />
      </ul>
    </Panel>
  );
}

function Place({ mark, term, text }: { mark?: string; term: string; text: string }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden="true"
        className="grid size-5.5 shrink-0 place-items-center rounded-full bg-sunken font-bold text-ink-2 text-xs simple:size-8"
      >
        {mark ?? <Icon as={Smartphone} size={14} />}
      </span>
      <span className="min-w-0">
        <b className="block">{term}</b>
        <span className="block text-ink-2 text-sm">{text}</span>
      </span>
    </li>
  );
}

/** The back of a plastic card: its number, and the coating half scratched off. */
function Drawing() {
  return (
    <svg viewBox="0 0 320 180" aria-hidden="true" className="w-full max-w-[360px]">
      <rect
        x="1"
        y="1"
        width="318"
        height="178"
        rx="16"
        className="fill-sunken stroke-line"
        strokeWidth="1.5"
      />
      <g transform="translate(262 58) scale(0.62)" className="text-edge opacity-45">
        <SealLines seed="crd_back" strokeWidth="1" />
      </g>
      <rect
        x="18"
        y="56"
        width="222"
        height="34"
        rx="9"
        className="fill-none stroke-ink"
        strokeWidth="1.75"
        strokeDasharray="4 4"
      />
      <text x="32" y="79" className="fill-ink font-bold text-[18px] tabular-nums">
        9101 4867 •••• ••••
      </text>
      <rect x="18" y="112" width="176" height="34" rx="8" className="fill-edge" />
      <path
        d="M26 112h68l-7 8 8 6-9 7 7 6-6 7H26a8 8 0 0 1-8-8v-18a8 8 0 0 1 8-8Z"
        className="fill-surface stroke-edge"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <text x="32" y="135" className="fill-ink font-bold text-[18px]">
        7K2Q
      </text>
      <Callout x={264} y={73} mark="1" />
      <Callout x={218} y={129} mark="2" />
    </svg>
  );
}

function Callout({ x, y, mark }: { x: number; y: number; mark: string }) {
  return (
    <>
      <circle cx={x} cy={y} r="14" className="fill-ink" />
      <text x={x} y={y + 6.5} textAnchor="middle" className="fill-paper font-bold text-[18px]">
        {mark}
      </text>
    </>
  );
}
