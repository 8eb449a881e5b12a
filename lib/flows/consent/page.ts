import { pagesWith } from '../web-page.ts';

const pages = pagesWith(`
fieldset { border: 0; margin: 0 0 1.5rem; padding: 0; min-width: 0; }
legend { font-weight: 600; padding: 0; margin-bottom: .5rem; }
.choice { display: flex; gap: .75rem; align-items: flex-start; padding: .75rem; margin-bottom: .5rem;
  border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; }
.choice:has(input:checked) { border-color: var(--mark); box-shadow: inset 0 0 0 1px var(--mark); }
.choice:has(input:disabled) { cursor: default; border-style: dashed; }
.choice input { width: 1.25rem; height: 1.25rem; margin: .125rem 0 0; flex: none; accent-color: var(--mark); }
`);

/** For every answer of the consent's addresses. */
export const PAGE_HEADERS = pages.headers;

export const page = pages.page;
