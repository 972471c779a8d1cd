import { visibleText } from '../logic/visible-text.ts';

/** A name from outside: shown as it is as far as that does no harm, and never turning the text around it. */
export function Name({ text, most }: { text: string; most?: number }) {
  return <bdi class="name">{most === undefined ? visibleText(text) : visibleText(text, most)}</bdi>;
}
