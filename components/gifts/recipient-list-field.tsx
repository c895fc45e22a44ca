'use client';

import { type ChangeEvent, useState } from 'react';
import { classNames } from '@/components/ui/class-names';
import { TextArea } from '@/components/ui/text-field';
import { type RowProblem, readRecipientList } from '@/lib/gifts/schemas';
import { fillIn } from './fill-in';
import type { GiftPlanTexts } from './gift-plan-texts';

/**
 * The list of recipients, one a line, typed, pasted or filled in from a file, with what is wrong line by line. The lines
 * are judged as they stand, also when a page without JavaScript comes back with them.
 */
export function RecipientListField({
  control,
  phoneCheck,
  fill,
  texts,
}: {
  control: {
    readonly name: string;
    readonly ref: React.Ref<HTMLTextAreaElement>;
    readonly onChange: (event: ChangeEvent<HTMLTextAreaElement>) => unknown;
    readonly onBlur: (event: React.FocusEvent<HTMLTextAreaElement>) => unknown;
    readonly defaultValue?: string | undefined;
    readonly error: string | undefined;
  };
  /** Whether each line needs a phone to prove. */
  phoneCheck: boolean;
  fill: (name: string, value: string) => void;
  texts: GiftPlanTexts;
}) {
  const { plan } = texts;
  const [lines, setLines] = useState(control.defaultValue ?? '');
  const [fileIsWrong, setFileIsWrong] = useState(false);
  const { recipients, problems } = readRecipientList(lines, { phoneCheck });

  async function takeFile(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.currentTarget.files ?? [];
    if (!file) return;
    const text = await readTable(file);
    setFileIsWrong(text === null);
    if (text === null) return;
    setLines(text);
    fill(control.name, text);
  }

  return (
    <div className="flex flex-col gap-3">
      <TextArea
        {...control}
        onChange={(event) => {
          setLines(event.target.value);
          return control.onChange(event);
        }}
        label={plan.list}
        hint={plan.listHint}
        placeholder={plan.listExample}
        rows={6}
        spellCheck={false}
      />
      <label className="noscript:hidden flex flex-col gap-1.5">
        <span className="font-bold">{plan.listFile}</span>
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={takeFile}
          className="min-h-target w-full text-sm file:mr-3 file:min-h-target file:rounded-md file:border-[1.5px] file:border-line file:bg-surface file:px-4 file:font-bold file:text-ink"
        />
        <span className={classNames('text-sm', fileIsWrong ? 'font-bold text-cinnabar' : 'text-ink-2')}>
          {fileIsWrong ? plan.listFileWrong : plan.listFileHint}
        </span>
      </label>
      <div role="status">
        {recipients.length > 0 ? (
          <p className="text-jade text-sm">{fillIn(plan.listCount ?? '', { count: recipients.length })}</p>
        ) : null}
        {problems.length > 0 ? <RowProblems problems={problems} texts={texts} /> : null}
      </div>
    </div>
  );
}

function RowProblems({ problems, texts }: { problems: readonly RowProblem[]; texts: GiftPlanTexts }) {
  return (
    <>
      <p className="font-bold text-cinnabar text-sm">{texts.plan.listProblems}</p>
      <ul className="mt-1 flex max-h-60 flex-col gap-1 overflow-y-auto text-sm">
        {problems.map(({ line, text, code }) => (
          <li key={line}>
            <span className="font-bold">{fillIn(texts.plan.listLine ?? '', { line })}</span>{' '}
            <span className="text-ink-2">{text}</span> · {texts.rowErrors[code]}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A table's text: UTF-8, or what Excel writes in China. */
async function readTable(file: File): Promise<string | null> {
  if (file.size > 256 * 1024) return null;
  const bytes = await file.arrayBuffer();
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\u0000')) return text;
    } catch {
      // Not in this encoding: the next one is tried.
    }
  }
  return null;
}
