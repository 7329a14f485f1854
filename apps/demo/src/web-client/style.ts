/** How the tour looks. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2433, #e8ebf2);
  --quiet: light-dark(#5a6478, #a3acbf);
  --paper: light-dark(#f6f7fa, #12151c);
  --card: light-dark(#ffffff, #1a1f29);
  --line: light-dark(#dfe3ea, #2c3341);
  --accent: light-dark(#2f55d4, #8ea8ff);
  --on-accent: light-dark(#ffffff, #10131a);
  --good: light-dark(#166b3d, #6fd69b);
  --bad: light-dark(#a3281f, #ff9d93);
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif;
}
main { max-width: 62rem; margin: 0 auto; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; letter-spacing: -0.02em; }
h2 { font-size: 1.125rem; margin: 0 0 0.25rem; }
h3 { font-size: 0.95rem; margin: 0 0 0.5rem; }
p { margin: 0 0 1rem; max-width: 44rem; }
.quiet { color: var(--quiet); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.5rem; margin-top: 1.5rem; }
.pair { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
.pair > * { min-width: 0; }
button, a.button {
  display: inline-block; font: inherit; font-weight: 600; padding: 0.55rem 1.1rem; border-radius: 8px;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); text-decoration: none; cursor: pointer;
}
button.plain { background: transparent; color: var(--accent); }
button:focus-visible, a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form { display: inline-block; margin: 0 0.5rem 0.5rem 0; }
pre {
  margin: 0; padding: 1rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper); border: 1px solid var(--line);
  border-radius: 8px; font: 0.8125rem/1.5 ui-monospace, monospace;
}
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 40rem; }
th, td { text-align: left; padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:last-child { overflow-wrap: anywhere; }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
`
