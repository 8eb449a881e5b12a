import { evaluate } from './evaluate/program.ts';

process.exitCode = await evaluate(process.argv.slice(2), process);
