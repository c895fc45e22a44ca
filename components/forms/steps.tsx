'use client';

import { Fragment, lazy } from 'react';
import type { StepsProps } from './one-by-one';

/** Only where one question is asked at a time. */
const OneByOne = lazy(async () => ({ default: (await import('./one-by-one')).OneByOne }));

/**
 * The questions of a form, one below the other or (`stepwise`, 简洁模式) one by one. They stay in one form that is sent
 * once, so nothing that is typed leaves the page between them, and radio buttons choose which is seen, so that it works
 * without scripts too.
 */
export function Steps({ stepwise, ...props }: StepsProps & { stepwise: boolean }) {
  if (stepwise) return <OneByOne {...props} />;
  return (
    <>
      {props.steps.map(({ name, question }) => (
        <Fragment key={name}>{question}</Fragment>
      ))}
      {props.children}
    </>
  );
}
