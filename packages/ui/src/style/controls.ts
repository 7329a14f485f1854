/** Fields, buttons and messages. */
export const controls = `
label { font-weight: 550; }
.field { display: grid; gap: 0.375rem; }
.field label { font-size: 0.9375rem; }
.field input {
  width: 100%;
  min-height: 3rem;
  padding: 0.625rem 0.875rem;
  font: inherit;
  color: inherit;
  background: var(--bailiwick-surface);
  border: 1px solid var(--bailiwick-control-border);
  border-radius: var(--bailiwick-radius);
}
.field input:focus-visible {
  outline: 2px solid var(--bailiwick-accent);
  outline-offset: 0;
  border-color: var(--bailiwick-accent);
}
.field input[aria-invalid]:not(:focus-visible) { border-color: var(--bailiwick-problem); }
.button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: 0.5rem;
  min-height: 3rem;
  padding: 0.625rem 1.25rem;
  font: inherit;
  font-weight: 600;
  line-height: 1.3;
  text-align: center;
  text-decoration: none;
  color: var(--bailiwick-text);
  background: transparent;
  border: 1px solid var(--bailiwick-control-border);
  border-radius: var(--bailiwick-radius);
  cursor: pointer;
}
.button:hover { background: color-mix(in srgb, var(--bailiwick-text) 6%, transparent); }
.primary {
  color: var(--bailiwick-accent-text);
  background: var(--bailiwick-accent);
  border-color: transparent;
}
.primary:hover { background: color-mix(in srgb, var(--bailiwick-accent) 88%, var(--bailiwick-text)); }
.quiet { border-color: transparent; color: var(--bailiwick-muted-text); }
.quiet:hover { color: var(--bailiwick-text); }
.compact { min-height: 2.5rem; padding: 0.375rem 0.875rem; font-size: 0.9375rem; }
.withdraw { color: var(--bailiwick-problem); }
.full { width: 100%; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
.actions > .button { flex: 1 1 8rem; padding-inline: 0.75rem; }
.aside { text-align: center; }
.divided { padding-top: 1.25rem; border-top: 1px solid var(--bailiwick-border); }
.message {
  display: flex;
  gap: 0.625rem;
  padding: 0.75rem 0.875rem;
  border-radius: var(--bailiwick-radius);
  font-size: 0.9375rem;
  line-height: 1.45;
}
.message svg { margin-top: 0.05rem; }
.problem {
  color: var(--bailiwick-problem);
  background: color-mix(in srgb, var(--bailiwick-problem) 8%, transparent);
}
.done {
  color: var(--bailiwick-accent);
  background: color-mix(in srgb, var(--bailiwick-accent) 9%, transparent);
}
.sign {
  display: grid;
  place-items: center;
  width: 3rem;
  height: 3rem;
  border-radius: 50%;
}
.sign svg { width: 1.5rem; height: 1.5rem; }
.facts {
  display: grid;
  gap: 0.125rem;
  padding: 0.875rem 1rem;
  font-size: 0.875rem;
  border: 1px solid var(--bailiwick-border);
  border-radius: var(--bailiwick-radius);
}
.facts code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
@media (prefers-reduced-motion: no-preference) {
  .button, .field input, .choice { transition: background-color 120ms, border-color 120ms, color 120ms; }
}
`
