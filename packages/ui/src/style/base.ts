/** The page: its colours, its type, and where the card stands. */
export const base = `
*, *::before, *::after { box-sizing: border-box; }
html {
  color-scheme: light dark;
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  display: grid;
  grid-template-rows: minmax(auto, 1fr) auto minmax(auto, 1.5fr);
  grid-template-columns: minmax(0, 1fr);
  justify-items: center;
  padding: 2rem 1.25rem 1.5rem;
  background:
    radial-gradient(56rem 28rem at 50% -8rem, color-mix(in srgb, var(--bailiwick-accent) 9%, transparent), transparent)
    no-repeat var(--bailiwick-background);
  color: var(--bailiwick-text);
  font: 400 1rem/1.55 var(--bailiwick-font);
  overflow-wrap: anywhere;
}
h1, h2, p, ul, dl, dd, fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
h1 {
  font-size: 1.625rem;
  font-weight: 650;
  line-height: 1.25;
  letter-spacing: -0.018em;
  text-wrap: balance;
}
h2 { font-size: 1.0625rem; font-weight: 600; line-height: 1.35; }
ul { list-style: none; }
a { color: var(--bailiwick-accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--bailiwick-accent); outline-offset: 2px; }
svg { display: block; width: 1.25rem; height: 1.25rem; flex: none; }
.hint { color: var(--bailiwick-muted-text); }
.hint strong { color: var(--bailiwick-text); font-weight: 600; }
.small { font-size: 0.875rem; line-height: 1.5; }
.stack { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
.tight { gap: 0.25rem; }
.close { gap: 0.625rem; }
.wide-gap { gap: 1.75rem; }
`

/** What stands above the card, the card itself, and what stands below it. */
export const frame = `
.brand {
  align-self: end;
  display: flex;
  align-items: center;
  gap: 0.625rem;
  min-height: 2rem;
  font-weight: 600;
  letter-spacing: -0.01em;
}
.brand img { display: block; max-height: 2.25rem; max-width: 12rem; }
.brand svg {
  width: 1.75rem;
  height: 1.75rem;
  padding: 0.3125rem;
  border-radius: 0.5rem;
  background: var(--bailiwick-accent);
  color: var(--bailiwick-accent-text);
}
.card {
  width: 100%;
  max-width: 26rem;
  margin-block: 1.75rem 2rem;
  padding: 2.5rem;
  background: var(--bailiwick-surface);
  border: 1px solid var(--bailiwick-border);
  border-radius: calc(var(--bailiwick-radius) * 2);
  box-shadow: 0 1px 2px rgb(16 32 28 / 4%), 0 1.25rem 3rem -1.5rem rgb(16 32 28 / 18%);
}
.consent .card { max-width: 32rem; }
.grants { grid-template-rows: auto 1fr auto; }
.grants .card { max-width: 44rem; align-self: start; }
.site { align-self: end; color: var(--bailiwick-muted-text); font-size: 0.8125rem; text-align: center; }
@media (max-width: 30rem) {
  body { grid-template-rows: auto 1fr auto; padding: 1.25rem 1.25rem 1rem; background: var(--bailiwick-surface); }
  .brand { justify-self: start; }
  .card {
    align-self: start;
    margin-block: 1.75rem;
    padding: 0;
    border: 0;
    box-shadow: none;
  }
}
`
