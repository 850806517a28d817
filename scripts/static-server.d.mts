import type { Server } from "node:http";

export const contentSecurityPolicy: string;
export function createStaticServer(options: {
  root: string;
  policyOn?: "documents" | "everything" | "nothing";
  dataFolders?: Readonly<Record<string, string>>;
  isPrivate?: boolean;
}): Promise<Server>;
export function listen(server: Server, port: number, host?: string): Promise<number>;
