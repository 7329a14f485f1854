/** The explanation: what is missing, the tokens, and why. */
export const explanationStyle = `
.explanation > .refused { margin-bottom: 1.25rem; }
.explanation > .asked:has(+ .expected) { margin-bottom: 0.75rem; }
.refused code { font-weight: 600; }
.expected {
  display: grid;
  gap: 0.75rem;
  margin-bottom: 1.5rem;
  padding: 1rem 1.125rem;
  border-radius: var(--bailiwick-radius);
  background: color-mix(in srgb, var(--bailiwick-accent) 7%, transparent);
}
.expected ul { display: grid; gap: 0.875rem; }
.expected li { display: grid; gap: 0.125rem; font-size: 0.875rem; }
.expected li + li { padding-top: 0.875rem; border-top: 1px solid color-mix(in srgb, var(--bailiwick-accent) 18%, transparent); }
.missing span { color: var(--bailiwick-muted-text); }
.missing code { font-weight: 600; }
.change { display: flex; gap: 0.375rem; align-items: start; font-weight: 550; }
.change svg { width: 1rem; height: 1rem; margin-top: 0.1875rem; color: var(--bailiwick-accent); }
.result { display: grid; gap: 2rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
.tokens, .why { display: grid; gap: 1.25rem; min-width: 0; }
.token { display: grid; gap: 0.375rem; }
.json {
  display: block;
  padding: 0.75rem 0.875rem;
  line-height: 1.65;
  border: 1px solid var(--bailiwick-border);
  border-radius: var(--bailiwick-radius);
  background: color-mix(in srgb, var(--bailiwick-text) 2.5%, var(--bailiwick-surface));
}
.json .line { display: block; }
.json .member { padding-inline-start: 4ch; text-indent: -2ch; }
.json.inline .line { display: inline; padding: 0; }
.json.inline { padding-block: 0.5rem; font-size: 0.75rem; color: var(--bailiwick-muted-text); }
.json.inline + .json { margin-top: -0.125rem; }
.json a { text-decoration-color: color-mix(in srgb, var(--bailiwick-accent) 45%, transparent); }
.why > section { display: grid; gap: 0.625rem; }
.decisions { display: grid; gap: 0.25rem; }
.decision { display: flex; gap: 0.625rem; padding: 0.375rem 0.5rem; margin-inline: -0.5rem; border-radius: var(--bailiwick-radius); font-size: 0.875rem; line-height: 1.45; scroll-margin: 6rem; }
.decision > svg { width: 1.125rem; height: 1.125rem; margin-top: 0.0625rem; color: var(--bailiwick-muted-text); }
.decision.check > svg { color: var(--bailiwick-accent); }
.decision.cross > svg { color: var(--bailiwick-problem); }
.decision.dot > svg { stroke-width: 5; }
.decision.minus p:first-child { color: var(--bailiwick-muted-text); }
.rule { display: flex; flex-wrap: wrap; gap: 0 0.75rem; font-size: 0.75rem; color: var(--bailiwick-muted-text); }
.rule code, .change code { font-size: 0.75rem; }
.protocol-claims { display: grid; gap: 0.125rem; padding-top: 0.5rem; border-top: 1px solid var(--bailiwick-border); font-size: 0.8125rem; }
.protocol-claims li { display: grid; align-items: baseline; grid-template-columns: 6rem minmax(0, 1fr); gap: 0.5rem; padding: 0.1875rem 0.5rem; margin-inline: -0.5rem; border-radius: calc(var(--bailiwick-radius) * 0.7); scroll-margin: 6rem; }
.protocol-claims .rule { display: inline; }
.decision:target, .protocol-claims li:has(:target) { background: color-mix(in srgb, var(--bailiwick-accent) 14%, transparent); }
@media (min-width: 48rem) {
  .expected ul { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem 2rem; align-items: start; }
  .expected li + li { padding-top: 0; border: 0; }
  .expected li:only-child { grid-column: 1 / -1; }
}
@media (min-width: 56rem) {
  .result:not(.alone) { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .result .tokens { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
}
`
