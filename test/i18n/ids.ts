/** Areas of the texts: what an id begins with. */
const AREAS =
  'code|unit|rule|finding|cause|evidence|panel|log|cli|verdict|options|chain|devtools|query';

/** A string literal that names a message. */
export const NAMES_MESSAGE = new RegExp(`^(${AREAS})_[A-Za-z0-9_]*[A-Za-z0-9]$`);

/**
 * The ids that a template literal such as `code_retry_${…}` can make. The fixed
 * part before the first hole must say more than the area, else any text would
 * count as used; where it does not, the sources must name the ids in full.
 */
export function idsMadeBy(template: string): RegExp | undefined {
  if (!template.includes('${')) return undefined;
  const parts = template.split(/\$\{[^}]*\}/);
  if (!new RegExp(`^(${AREAS})_[A-Za-z0-9_]*$`).test(parts[0] ?? '')) return undefined;
  if (parts.some((part) => !/^\w*$/.test(part))) return undefined;
  const area = /^[a-z]+_/.exec(template)?.[0].length ?? 0;
  return parts.join('').length > area ? new RegExp(`^${parts.join('\\w+')}$`) : undefined;
}
