import { hash } from 'node:crypto';

/** SHA-256 in base64url: what is stored, or makes a key, in the place of something that only its owner should know. */
export const digest = (text: string): string => hash('sha256', text, 'base64url');
