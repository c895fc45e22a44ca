import { ok, type Result, refuse } from '@/lib/kernel';
import { checkFace } from './check-value';
import type { FaceRefusal, FaceValues, PolicyPack, PolicyRefusal, ProgrammeTerms } from './model';
import { checkValidity } from './validity';

/**
 * Whether a programme with these terms is lawful under `pack`. All that is wrong with it is told at once, in the
 * order currency, validity, face values, so that an operator mends it in one go.
 */
export function checkProgramme(
  pack: PolicyPack,
  programme: ProgrammeTerms,
): Result<undefined, readonly PolicyRefusal[]> {
  const refusals: PolicyRefusal[] = [];
  if (pack.currency !== null && pack.currency !== programme.currency) {
    refusals.push({
      code: 'currency_not_covered',
      currency: programme.currency,
      packCurrency: pack.currency,
    });
  }
  const validity = checkValidity(pack, programme.kind, programme.validityMonths);
  if (!validity.ok) refusals.push(validity.refusal);
  if (!offersAnything(programme.faceValues)) refusals.push({ code: 'no_face_offered' });
  for (const faceMinor of extremes(programme.faceValues)) {
    const face = checkFace(pack, programme.kind, faceMinor);
    if (!face.ok) refusals.push(face.refusal);
  }
  return refusals.length === 0 ? ok() : refuse(refusals);
}

/** Whether a card of `faceMinor` (minor units) may be issued: lawful under `pack` and offered by the programme. */
export function checkProgrammeFace(
  pack: PolicyPack,
  programme: Pick<ProgrammeTerms, 'kind' | 'faceValues'>,
  faceMinor: bigint,
): Result<undefined, FaceRefusal> {
  const lawful = checkFace(pack, programme.kind, faceMinor);
  if (!lawful.ok) return lawful;
  return offers(programme.faceValues, faceMinor)
    ? ok()
    : refuse({ code: 'face_not_offered', amountMinor: faceMinor, offered: programme.faceValues });
}

function offersAnything(values: FaceValues): boolean {
  return 'fixed' in values ? values.fixed.length > 0 : values.minMinor <= values.maxMinor;
}

function extremes(values: FaceValues): readonly bigint[] {
  return 'fixed' in values ? values.fixed : [values.minMinor, values.maxMinor];
}

function offers(values: FaceValues, faceMinor: bigint): boolean {
  return 'fixed' in values
    ? values.fixed.includes(faceMinor)
    : values.minMinor <= faceMinor && faceMinor <= values.maxMinor;
}
