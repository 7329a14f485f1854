/** Clients, accounts, scopes and grants. */
export const people = `
.tile {
  display: grid;
  place-items: center;
  flex: none;
  width: 3rem;
  height: 3rem;
  border-radius: 0.875rem;
  overflow: hidden;
  font-size: 1.25rem;
  font-weight: 650;
  color: var(--bailiwick-accent);
  background: color-mix(in srgb, var(--bailiwick-accent) 12%, transparent);
}
.tile img { display: block; width: 100%; height: 100%; object-fit: contain; background: #fff; }
.account { display: flex; align-items: center; gap: 0.625rem; font-size: 0.9375rem; }
.account .avatar {
  display: grid;
  place-items: center;
  flex: none;
  width: 2rem;
  height: 2rem;
  border-radius: 50%;
  color: var(--bailiwick-muted-text);
  background: color-mix(in srgb, var(--bailiwick-text) 7%, transparent);
}
.account .avatar svg { width: 1.125rem; height: 1.125rem; }
.choice {
  display: flex;
  align-items: center;
  gap: 0.875rem;
  width: 100%;
  min-height: 4rem;
  padding: 0.75rem 1rem;
  font: inherit;
  font-weight: 550;
  text-align: start;
  text-decoration: none;
  color: var(--bailiwick-text);
  background: transparent;
  border: 1px solid var(--bailiwick-control-border);
  border-radius: var(--bailiwick-radius);
  cursor: pointer;
}
.choice:hover {
  border-color: var(--bailiwick-accent);
  background: color-mix(in srgb, var(--bailiwick-accent) 6%, transparent);
}
.choice svg { color: var(--bailiwick-accent); }
.choice svg:last-child { margin-inline-start: auto; color: var(--bailiwick-muted-text); }
[dir="rtl"] .choice svg:last-child { transform: scaleX(-1); }
legend { margin-bottom: 0.5rem; padding: 0; font-size: 0.9375rem; font-weight: 600; }
.group > p { margin-top: -0.375rem; }
.group { display: grid; gap: 0.625rem; grid-template-columns: minmax(0, 1fr); }
.scopes { border: 1px solid var(--bailiwick-border); border-radius: var(--bailiwick-radius); overflow: hidden; }
.scopes > li + li { border-top: 1px solid var(--bailiwick-border); }
.scope { display: flex; gap: 0.75rem; padding: 0.8125rem 1rem; align-items: flex-start; }
.scope input, .option input {
  flex: none;
  width: 1.125rem;
  height: 1.125rem;
  margin: 0.2rem 0 0;
  accent-color: var(--bailiwick-accent);
}
label.scope, label.option { cursor: pointer; font-weight: 400; }
label.scope:has(input:disabled) { cursor: default; }
label.scope:hover:has(input:enabled) { background: color-mix(in srgb, var(--bailiwick-text) 3.5%, transparent); }
.scope .what { display: grid; gap: 0.125rem; flex: 1; min-width: 0; }
.scope .name { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; align-items: center; font-weight: 550; line-height: 1.45; }
.scope > svg { margin-top: 0.15rem; width: 1.125rem; height: 1.125rem; color: var(--bailiwick-muted-text); }
.emphasized { background: color-mix(in srgb, var(--bailiwick-accent) 7%, transparent); box-shadow: inset 3px 0 var(--bailiwick-accent); }
[dir="rtl"] .emphasized { box-shadow: inset -3px 0 var(--bailiwick-accent); }
.parameter {
  padding: 0 0.4375rem;
  font: 500 0.875rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace;
  background: color-mix(in srgb, var(--bailiwick-text) 7%, transparent);
  border-radius: 0.375rem;
}
.tag {
  padding: 0.0625rem 0.5rem;
  font-size: 0.75rem;
  font-weight: 600;
  line-height: 1.5;
  color: var(--bailiwick-muted-text);
  border: 1px solid var(--bailiwick-border);
  border-radius: 1rem;
}
.emphasized .tag { color: var(--bailiwick-accent); border-color: currentColor; }
.option { display: flex; gap: 0.75rem; }
.grant { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); padding-block: 1.75rem; border-top: 1px solid var(--bailiwick-border); }
.grant:last-child { padding-bottom: 0; }
.grant header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem 1rem; }
.grant .who { flex: 1 1 10rem; min-width: 0; }
.permits { display: grid; gap: 0.375rem 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
.permits li { display: flex; gap: 0.625rem; align-items: flex-start; font-size: 0.9375rem; line-height: 1.45; }
.permits svg { width: 1.0625rem; height: 1.0625rem; margin-top: 0.15rem; color: var(--bailiwick-accent); }
.empty { display: grid; justify-items: center; gap: 0.875rem; padding-block: 2.5rem; text-align: center; border-top: 1px solid var(--bailiwick-border); }
`
