/** The page of the explorer: its width, its panels, and the form. */
export const workbenchStyle = `
body.explorer {
  display: block;
  justify-items: normal;
  padding: 0 clamp(1rem, 3vw, 3rem) 4rem;
  background:
    radial-gradient(70rem 24rem at 20% -10rem, color-mix(in srgb, var(--bailiwick-accent) 9%, transparent), transparent)
    no-repeat var(--bailiwick-background);
  font-size: 0.9375rem;
}
.explorer .top, .explorer main { max-width: 92rem; margin-inline: auto; }
.explorer .top {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.5rem 1.5rem;
  padding-block: 1.25rem;
}
.explorer .top nav { display: flex; gap: 1.25rem; font-size: 0.875rem; }
.explorer .top nav a { color: var(--bailiwick-muted-text); text-decoration: none; }
.explorer .top nav a:hover { color: var(--bailiwick-text); text-decoration: underline; }
.explorer .brand svg { width: 1.75rem; height: 1.75rem; }
.explorer .intro { padding-block: 0.75rem 1.5rem; display: grid; gap: 0.25rem; }
.explorer h1 { font-size: clamp(1.5rem, 2.4vw, 2rem); }
.explorer h2 { font-size: 1.125rem; letter-spacing: -0.01em; }
.explorer h3 { margin: 0; font-size: 0.9375rem; font-weight: 600; }
.explorer h4 { margin: 0; font-size: 0.8125rem; font-weight: 600; color: var(--bailiwick-muted-text); }
.explorer ol { margin: 0; padding: 0; list-style: none; }
.explorer dl, .explorer dt, .explorer dd { margin: 0; }
.explorer code, .entry-name { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.8125rem; }
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.panel {
  position: relative;
  background: var(--bailiwick-surface);
  border: 1px solid var(--bailiwick-border);
  border-radius: calc(var(--bailiwick-radius) * 1.6);
  padding: clamp(1rem, 2vw, 1.75rem);
  box-shadow: 0 1px 2px rgb(16 32 28 / 4%), 0 1.25rem 3rem -2rem rgb(16 32 28 / 16%);
  scroll-margin-top: 1rem;
}
.panel-head { display: grid; gap: 0.125rem; margin-bottom: 1.25rem; }
.panel-head .hint { font-size: 0.875rem; }
.workbench { display: grid; gap: 1.5rem; margin-top: 1.5rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
.request .fields { gap: 0.875rem; }
.request .field { gap: 0.25rem; }
.request .field label { font-size: 0.875rem; }
.request .field .hint { font-size: 0.8125rem; line-height: 1.4; }
.request .field input, .request .field select, .search input, .only select {
  width: 100%;
  min-height: 2.5rem;
  padding: 0.375rem 0.75rem;
  font: 400 0.875rem/1.4 var(--bailiwick-font);
  color: inherit;
  background-color: var(--bailiwick-surface);
  border: 1px solid var(--bailiwick-control-border);
  border-radius: var(--bailiwick-radius);
}
.request .field input:focus-visible, .request .field select:focus-visible, .search input:focus-visible, .only select:focus-visible {
  outline: 2px solid var(--bailiwick-accent);
  outline-offset: 0;
  border-color: var(--bailiwick-accent);
}
.request .button { min-height: 2.75rem; margin-top: 0.25rem; }
.request .check { display: flex; gap: 0.5rem; align-items: start; font-size: 0.875rem; }
.request .check input, .chip input { accent-color: var(--bailiwick-accent); }
.further > summary { cursor: pointer; font-size: 0.875rem; font-weight: 550; }
.further[open] > summary { margin-bottom: 0.875rem; }
.nothing { display: grid; gap: 0.375rem; align-content: center; min-height: 12rem; text-align: center; justify-items: center; }
.nothing .hint { max-width: 32rem; }
@media (min-width: 40rem) and (max-width: 69.99rem) {
  .request > .fields { grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start; }
  .request > .fields > .further { grid-column: 1 / -1; }
  .request > .fields > .button { align-self: center; }
  .further .fields { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media (min-width: 70rem) {
  .workbench { grid-template-columns: 22rem minmax(0, 1fr); }
  .request { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
}
`
