/** Elements without labels and borders: the page around them draws both. */
export const bareCss = `
body:has(.Form--bare) { padding: 0; }
.Form--bare { grid-template-columns: minmax(0, 1fr); gap: 0; }
.Form--bare .Label, .Form--bare .Error { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.Form--bare .Input, .Form--bare .Input:focus { padding: 0; line-height: 24px; background: transparent; border: 0;
  border-radius: 0; box-shadow: none; }
.Form--bare .Adornment { right: 0; }
.Form--cardNumber .Input--adorned { padding-right: 42px; }
.Form--card { grid-template-columns: auto minmax(9.5em, 1fr) 4.6em 3.4em; align-items: center; gap: 8px 10px; }
.Form--card:has(.Field--postalCode:not([hidden])) { grid-template-columns: auto minmax(9.5em, 1fr) 4.6em 3.4em 4.4em; }
.Form--card > .Adornment { position: static; }
.Form--card .Input--adorned { padding-right: 0; }
.Form--card .Field--wide { grid-column: auto; }
@media (max-width: 420px) {
  .Form--card, .Form--card:has(.Field--postalCode:not([hidden])) {
    grid-template-columns: auto minmax(4.6em, 1fr) minmax(3.4em, 1fr) minmax(0, 1fr); }
  .Form--card .Field--number { grid-column: 2 / -1; }
  .Form--card .Field--expiry { grid-column: 2; }
}
`;
