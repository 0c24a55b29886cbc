/**
 * Synthesises the stacks of stage dev: `synthesise.ts <folder> <file>`, and writes to the file from which files the functions
 * were built. It is a process of its own, so that what else starts need not wait for it, nor load CDK when there is nothing to
 * synthesise.
 */
import { writeFileSync } from 'node:fs';
import { createApp } from '../app.ts';
import { builtFunctions } from '../constructs/bundle.ts';

const [outdir = '', inputs = ''] = process.argv.slice(2);
createApp({ outdir, stage: 'dev', isJudged: false }).synth();
writeFileSync(inputs, JSON.stringify(builtFunctions().inputs));
