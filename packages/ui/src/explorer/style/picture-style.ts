/** The picture of the configuration: its filters, columns, entries and lines. */
export const pictureStyle = `
.filters { display: flex; flex-wrap: wrap; align-items: center; gap: 0.625rem 0.875rem; margin-bottom: 1.25rem; }
.filters[hidden] { display: none; }
.filters .search { position: relative; flex: 1 1 14rem; max-width: 22rem; }
.filters .search svg {
  position: absolute;
  inset: 0.6875rem auto auto 0.75rem;
  width: 1.125rem;
  height: 1.125rem;
  color: var(--bailiwick-muted-text);
  pointer-events: none;
}
.filters .search input { padding-inline-start: 2.375rem; }
.filters .only select { width: auto; max-width: 14rem; }
.filters .state { font-size: 0.8125rem; }
.kinds { display: flex; flex-wrap: wrap; gap: 0.375rem 0.875rem; }
.chip { display: flex; align-items: center; gap: 0.375rem; font-size: 0.8125rem; font-weight: 450; cursor: pointer; }
.chip input { margin: 0; }
.columns { position: relative; display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
.edges { display: none; }
.column { position: relative; display: flex; flex-direction: column; gap: 1.25rem; min-width: 0; }
.group { display: flex; flex-direction: column; min-width: 0; }
.group > header { padding-bottom: 0.5rem; }
.group h3 { display: flex; align-items: center; gap: 0.375rem; font-size: 0.8125rem; }
.group h3 svg { width: 0.9375rem; height: 0.9375rem; }
.group > header .hint { font-size: 0.75rem; line-height: 1.4; }
.group .none { font-size: 0.8125rem; }
.group.empty { opacity: 0.55; }
.count { font-weight: 450; color: var(--bailiwick-muted-text); font-variant-numeric: tabular-nums; }
.isolated {
  padding: 0.75rem;
  border: 1px dashed var(--bailiwick-accent);
  border-radius: calc(var(--bailiwick-radius) * 1.2);
  background: color-mix(in srgb, var(--bailiwick-accent) 6%, var(--bailiwick-surface));
}
.isolated h3 { color: var(--bailiwick-accent); }
.column ul { display: grid; gap: 0.375rem; grid-template-columns: minmax(0, 1fr); align-content: start; scrollbar-width: thin; }
.column li[hidden] { display: none; }
.entry {
  background: var(--bailiwick-surface);
  border: 1px solid var(--bailiwick-border);
  border-radius: var(--bailiwick-radius);
  scroll-margin: 5rem;
}
.entry summary {
  display: block;
  padding: 0.4375rem 0.6875rem;
  line-height: 1.35;
  cursor: pointer;
  list-style: none;
  border-radius: inherit;
}
.entry summary::-webkit-details-marker { display: none; }
.entry-name { font-weight: 500; color: var(--bailiwick-text); }
.entry-title { display: block; font-size: 0.75rem; color: var(--bailiwick-muted-text); }
.entry-tag {
  display: inline-block;
  padding: 0 0.375rem;
  font-size: 0.6875rem;
  line-height: 1.45;
  color: var(--bailiwick-muted-text);
  border: 1px solid var(--bailiwick-border);
  border-radius: 1rem;
}
.entry.off .entry-name { text-decoration: line-through; color: var(--bailiwick-muted-text); }
.entry[open] { border-color: var(--bailiwick-accent); }
.entry dl, .entry > p { padding: 0 0.6875rem 0.625rem; font-size: 0.75rem; line-height: 1.45; }
.entry dl { display: grid; gap: 0.375rem; }
.entry dl:empty { display: none; }
.entry dt { color: var(--bailiwick-muted-text); }
.entry dd a { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; margin-inline-end: 0.25rem; }
.entry .more { color: var(--bailiwick-muted-text); }
.entry.match { border-color: var(--bailiwick-accent); }
.entry.active { border-color: var(--bailiwick-accent); background: color-mix(in srgb, var(--bailiwick-accent) 10%, var(--bailiwick-surface)); }
.entry.related { border-color: color-mix(in srgb, var(--bailiwick-accent) 55%, var(--bailiwick-border)); }
.sorted li:has(> .related) { order: -1; }
.has-active .entry:not(.active, .related) { background: transparent; }
.has-active .entry:not(.active, .related) .entry-name { color: var(--bailiwick-muted-text); font-weight: 400; }
.entry:target { border-color: var(--bailiwick-accent); }
@media (max-width: 47.99rem) {
  .filters .search, .filters .only, .filters .only select { flex-basis: 100%; max-width: none; width: 100%; }
  .column ul { max-height: 24rem; overflow-y: auto; }
}
@media (min-width: 80rem) {
  .filters .state { margin-inline-start: auto; }
}
@media (min-width: 48rem) {
  .columns { gap: clamp(1.75rem, 5vw, 5.5rem); grid-template-columns: repeat(4, minmax(0, 1fr)); align-items: start; }
  .column { max-height: 46rem; }
  .group.long { min-height: 12rem; }
  .group:not(.long) { flex-shrink: 0; }
  .group.long ul { min-height: 0; overflow-y: auto; padding: 2px 0.375rem 2px 2px; margin: -2px -0.375rem -2px -2px; }
  .edges { display: block; position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
  .edge { fill: none; stroke: color-mix(in srgb, var(--bailiwick-muted-text) 34%, transparent); stroke-width: 1; }
  .edge.chosen { stroke: var(--bailiwick-accent); stroke-width: 1.75; }
  .has-active .edge:not(.chosen) { opacity: 0.35; }
}
@media (prefers-reduced-motion: no-preference) {
  .entry, .entry-name { transition: border-color 120ms, background-color 120ms, color 120ms; }
  .edge { transition: opacity 120ms; }
}
`
