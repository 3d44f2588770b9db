import { fileURLToPath } from 'node:url';
import type { Translator } from '../i18n/index.ts';
import { LogError, refusal } from '../log/index.ts';
import { type Arguments, readArguments, UsageError } from './arguments.ts';
import { openFile } from './files.ts';
import { jsonLine } from './json.ts';
import { plain } from './plain.ts';
import { createStyle } from './report/style.ts';
import { translatorFor } from './texts.ts';

/** Where the command line writes, and what it knows of the other side. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  readonly colour: boolean;
  readonly columns: number;
}

/** No failed finding · some · a file that cannot be read (or a command line that cannot). */
export type ExitStatus = 0 | 1 | 2;

/** The command `diagnose`: contract 2 of the session log's design, docs/session-log.md. */
export async function diagnoseCommand(
  argv: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  let asked: Arguments;
  try {
    asked = readArguments(argv);
    if (!asked.help) await refuseUnknownRules(asked);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { t } = translatorFor(languageIn(argv));
    terminal.error(`${plain(t(error.detail))}\n${t('cli_try_help')}\n`);
    return 2;
  }
  const translator = translatorFor(asked.lang);
  if (asked.help) {
    terminal.out(await helpText(translator));
    return 0;
  }
  if (asked.files.length === 0) {
    terminal.error(`${translator.t('cli_error_no_file')}\n${translator.t('cli_try_help')}\n`);
    return 2;
  }
  let status: ExitStatus = 0;
  for (const [index, file] of asked.files.entries()) {
    if (index > 0 && !asked.json) terminal.out('\n');
    const one = await diagnoseFile(file, asked, translator, terminal);
    if (one > status) status = one;
  }
  return status;
}

async function diagnoseFile(
  file: string,
  asked: Arguments,
  translator: Translator,
  terminal: Terminal,
): Promise<ExitStatus> {
  // Loaded while the file is opened: help and mistakes in the command line do not wait for it.
  const [{ readLog }, { diagnose }, { shownFindings }] = await Promise.all([
    import('../log/index.ts'),
    import('../rules/create-diagnosis.ts'),
    import('./shown.ts'),
  ]);
  let read: Awaited<ReturnType<typeof readLog>>;
  try {
    read = await readLog(openFile(file));
  } catch (error) {
    terminal.error(`${plain(file)}: ${plain(reasonOf(error, translator))}\n`);
    return 2;
  }
  const diagnosis = diagnose(read.log.events, asked.settings);
  const shown = shownFindings(diagnosis.findings, asked);
  if (asked.json) terminal.out(`${jsonLine(file, diagnosis, shown, translator)}\n`);
  else {
    const { report } = await import('./report/report.ts');
    const style = createStyle(terminal.colour, terminal.columns);
    terminal.out(report(file, read, diagnosis, shown, translator, style));
  }
  return shown.findings.some(({ verdict }) => verdict === 'failed') ? 1 : 0;
}

function reasonOf(error: unknown, { t }: Translator): string {
  if (error instanceof LogError) return t(refusal(error));
  const { code, message: text } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return t('cli_error_no_such_file');
  if (code === 'EISDIR') return t('cli_error_folder');
  if (code === 'EACCES') return t('cli_error_access');
  return t('cli_error_read', { text: String(text ?? error) });
}

async function refuseUnknownRules(asked: Arguments): Promise<void> {
  const named = Object.keys(asked.settings.thresholds ?? {}).length + asked.rules.length;
  if (named === 0) return;
  const { refuseUnknown } = await import('./rules.ts');
  refuseUnknown(asked);
}

async function helpText(translator: Translator): Promise<string> {
  const { ruleList } = await import('./rules.ts');
  return `${translator.t('cli_help')}\n\n${ruleList(translator)}\n`;
}

/** The language of a command line that could not be read to its end. */
function languageIn(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((one) => one === '--lang' || one.startsWith('--lang='));
  return at === -1 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // `diagnose … | head` closes the pipe early: that is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await diagnoseCommand(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    columns: process.stdout.columns ?? 100,
  });
}
