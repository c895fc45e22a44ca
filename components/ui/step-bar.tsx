/** Where one stands in a short task. `label` says it in words ("第 1 步，共 2 步"); the bars only show it. */
export function StepBar({ step, steps, label }: { step: number; steps: number; label: string }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-ink-2 text-sm">{label}</p>
      <div aria-hidden="true" className="flex gap-1.5">
        {Array.from({ length: steps }, (_, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are a fixed list without ids
            key={index}
            className={`h-1 flex-1 rounded-full forced-colors:border ${index < step ? 'bg-cinnabar forced-colors:bg-[Highlight]' : 'bg-line'}`}
          />
        ))}
      </div>
    </div>
  );
}
