import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from '../kit/api.ts';

/** What every part of the console needs. */
export interface Tools {
  api: Api;
  /** Says what has happened, to eyes and to screen readers, without taking the focus. */
  announce: (text: string) => void;
}

export const ToolsContext = createContext<Tools | undefined>(undefined);

export const useTools = (): Tools => {
  const tools = useContext(ToolsContext);
  if (tools === undefined) throw new Error('there are tools only inside the console');
  return tools;
};
