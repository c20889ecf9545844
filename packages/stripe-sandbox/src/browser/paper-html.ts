import { html } from "hono/html";
import type { Paper } from "../engine/pdf/paper";

/** A paper as part of a page; what is typed by people stays text. */
export function paperHtml(paper: Paper) {
  const state = paper.status;
  return html`<article class="card">
<div class="top"><h1>${paper.title}</h1>${state ? html`<span class="state ${state.kind}">${state.text}</span>` : ""}</div>
<dl class="facts">${paper.facts.map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
<div class="parties"><div><h2>From</h2>${paper.from.map(line)}</div><div><h2>Bill to</h2>${paper.to.map(line)}</div></div>
<div class="scroll" tabindex="0" role="region" aria-label="Items"><table class="items">
<thead><tr><th scope="col">Description</th><th scope="col" class="number">Quantity</th><th scope="col" class="number">Unit price</th><th scope="col" class="number">Amount</th></tr></thead>
<tbody>${paper.rows.map(
    (row) => html`<tr><td>${row.text}${row.notes.map((note) => html`<span class="note">${note}</span>`)}</td>
<td class="number" data-label="Quantity">${row.quantity}</td><td class="number" data-label="Unit price">${row.unit}</td><td class="number" data-label="Amount">${row.amount}</td></tr>`,
  )}</tbody></table></div>
<dl class="totals">${paper.totals.map(({ label, value, strong }) =>
    strong
      ? html`<dt class="strong">${label}</dt><dd class="strong">${value}</dd>`
      : html`<dt>${label}</dt><dd>${value}</dd>`,
  )}</dl>
${paper.notes.map((note) => html`<p class="notice">${note}</p>`)}
</article>`;
}

const line = (text: string) => html`<p>${text}</p>`;
